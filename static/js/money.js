// The month-end grid as a spreadsheet: arrows, Enter, paste of a block, undo. It saves by the form that works without it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-money]");
  if (!form || !window.fetch) return;

  const DELAYS = [2, 4, 8, 15, 30]; // seconds between tries while the portal cannot be reached
  const spoken = document.getElementById("money-said");
  const lines = [...form.querySelectorAll("[data-line]")];
  const ledger = form.querySelector("[data-ledger]");
  const boxesOf = (row) => [...row.querySelectorAll(".mon-box")];
  const grid = () => [...lines, ...(ledger ? [ledger] : [])].map(boxesOf);
  const fieldsOf = (row) => [...row.querySelectorAll("input:not([type=hidden]), textarea, select")];
  const said = new Map();
  const undone = [];
  const together = new Set(); // rows that were refused as one: they are saved as one, or not at all
  let saving = Promise.resolve();
  let tries = 0;

  const remember = (row) => said.set(row, fieldsOf(row).map((one) => one.value).join("\u0000"));
  const changed = (row) => said.get(row) !== fieldsOf(row).map((one) => one.value).join("\u0000");

  function say(row, words, wrong) {
    const place = row.querySelector("[data-part=state]");
    if (!place) return;
    place.textContent = words;
    place.classList.toggle("mon-state--wrong", Boolean(wrong));
  }

  function bodyOf(rows) {
    const body = new URLSearchParams();
    body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.append("do", "save");
    for (const row of rows) {
      for (const one of row.querySelectorAll("input, textarea, select")) if (one.name) body.append(one.name, one.value);
    }
    return body;
  }

  // One save at a time: each carries the versions that the one before brought.
  function save(rows) {
    saving = saving.then(() => {
      const all = rows.some((row) => together.has(row)) ? [...new Set([...rows, ...together])] : rows;
      return saveNow(all.filter(changed));
    });
    return saving;
  }

  async function saveNow(rows) {
    if (!rows.length) return;
    const typed = new Map(rows.map((row) => [row, fieldsOf(row).map((one) => one.value).join("\u0000")]));
    rows.forEach((row) => say(row, "Saving…"));
    let answer = null;
    let found = null;
    try {
      answer = await fetch(form.action, { method: "POST", body: bodyOf(rows), headers: { "X-Cells": "1" }, credentials: "same-origin" });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) found = await answer.json();
    } catch {
      answer = null;
    }
    if (!found) {
      const signedOut = answer && (answer.redirected || answer.status === 403);
      rows.forEach((row) => say(row, signedOut ? "Not saved: sign in again in another tab." : "Not saved: trying again", true));
      setTimeout(() => save(rows), DELAYS[Math.min(tries, DELAYS.length - 1)] * 1000);
      tries += 1;
      return;
    }
    tries = 0;
    show(rows, found, answer.status, typed);
  }

  function show(rows, found, status, typed) {
    for (const row of lines) {
      const fresh = found.lines[row.dataset.line];
      if (!fresh) continue;
      if (rows.includes(row)) showLine(row, fresh, status, found.refused);
      if (status !== 200) continue;
      for (const [name, text] of Object.entries(fresh.computed)) {
        put(row.querySelector(`[data-computed="${name}"]`), text, name);
      }
      list(row.querySelector("[data-part=asked]"), fresh.questions);
    }
    rows.forEach((row) => (status === 200 ? together.delete(row) : together.add(row)));
    if (status === 200) {
      rows.forEach((row) => said.set(row, typed.get(row)));
      for (const [name, text] of Object.entries(found.totals)) put(form.querySelector(`[data-total="${name}"]`), text, name);
      list(form.querySelector("[data-part=ledger-asked]"), found.ledger);
      if (ledger) ledger.querySelector("[data-version]").value = found.ledger_version;
    }
    if (ledger && rows.includes(ledger)) showLedger(found, status);
    spoken.textContent = status === 200 ? "Saved." : found.refused || "Not saved: look at the cells marked wrong.";
  }

  // As the portal prints it: an unfavourable variance is red, and says so to who does not see the colour.
  const VARIANCES = ["ytd_variance", "forecast_variance"];
  function put(place, text, name) {
    if (!place) return;
    const isAdverse = VARIANCES.includes(name) && text.startsWith("(");
    place.textContent = text;
    place.classList.toggle("mon-adverse", isAdverse);
    if (isAdverse) place.append(Object.assign(document.createElement("span"), { className: "nhsuk-u-visually-hidden", textContent: " unfavourable" }));
  }

  // Somebody else's totals stand beside one's own; the next save keeps one's own.
  function showLedger(found, status) {
    const theirs = status === 409 ? found.ledger_theirs : {};
    const isTheirs = Object.keys(theirs).length > 0;
    if (isTheirs) ledger.querySelector("[data-version]").value = found.ledger_version;
    for (const box of boxesOf(ledger)) mark(box, isTheirs ? `Theirs: ${theirs[box.dataset.field]}` : "", "mon-theirs");
    if (isTheirs) say(ledger, `Theirs: ${theirs.answer}. Leave a cell again to keep yours.`, true);
    else say(ledger, status === 200 ? "Saved" : `Not saved: ${found.refused || "see the cells"}`, status !== 200);
  }

  function showLine(row, fresh, status, refused) {
    if (status === 200 || fresh.theirs) row.querySelector("[data-version]").value = fresh.version;
    for (const box of boxesOf(row)) {
      const errors = fresh.errors[box.dataset.field] || [];
      box.toggleAttribute("aria-invalid", errors.length > 0);
      mark(box, errors.join(" "), "icp-field-error");
      mark(box, fresh.theirs ? `Theirs: ${fresh.theirs[box.dataset.field] || "nothing"}` : "", "mon-theirs");
    }
    if (fresh.theirs) say(row, "Somebody saved this line while you typed. Leave a cell again to keep yours, or load the page to take theirs.", true);
    else if (status !== 200) say(row, Object.keys(fresh.errors).length ? "Not saved: see the cells" : `Not saved: ${refused || "another cell is wrong"}`, true);
    else say(row, "Saved");
  }

  function mark(box, words, kind) {
    let place = box.parentElement.querySelector(`.${kind}`);
    if (!words) return place?.remove();
    if (!place) {
      place = document.createElement("span");
      place.className = kind;
      box.before(place);
    }
    place.textContent = words;
  }

  function list(place, words) {
    place.replaceChildren(...words.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
  }

  // Arrow keys move when the caret stands at the edge of what is typed, or the whole cell is selected.
  function move(box, down, right) {
    const rows = grid();
    const row = rows.findIndex((one) => one.includes(box));
    const next = rows[row + down]?.[rows[row].indexOf(box) + right];
    if (!next) return false;
    next.focus();
    next.select();
    return true;
  }

  form.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!box.classList?.contains("mon-box")) return;
    const all = box.selectionStart === 0 && box.selectionEnd === box.value.length;
    const atStart = box.selectionEnd === 0 || all;
    const atEnd = box.selectionStart === box.value.length || all;
    const moved =
      (event.key === "ArrowDown" && move(box, 1, 0)) ||
      (event.key === "ArrowUp" && move(box, -1, 0)) ||
      (event.key === "ArrowLeft" && atStart && move(box, 0, -1)) ||
      (event.key === "ArrowRight" && atEnd && move(box, 0, 1)) ||
      (event.key === "Enter" && (move(box, event.shiftKey ? -1 : 1, 0) || true)) ||
      (event.key === "Escape" && putBack(box)) ||
      // What is being typed the browser takes back by itself, letter by letter.
      ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey && !isTyping(box) && undo());
    if (moved) event.preventDefault();
  });

  const isTyping = (box) => box.dataset.before !== undefined && box.value !== box.dataset.before;
  function putBack(box) {
    if (!isTyping(box)) return false;
    box.value = box.dataset.before;
    box.select();
    preview(box.closest("tr"));
    return true;
  }

  function undo() {
    const last = undone.pop();
    if (!last) return false;
    last.forEach(([box, value]) => { box.value = box.dataset.before = value; });
    [...new Set(last.map(([box]) => box.closest("tr")))].forEach(preview);
    spoken.textContent = "Taken back.";
    save([...new Set(last.map(([box]) => box.closest("tr")))]);
    return true;
  }

  // A block from a spreadsheet: everything is looked at first; it goes in whole, or not at all.
  form.addEventListener("paste", (event) => {
    const box = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!box.classList?.contains("mon-box") || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const block = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    const rows = grid();
    const top = rows.findIndex((one) => one.includes(box));
    const left = rows[top].indexOf(box);
    const wrong = [];
    const changes = [];
    block.forEach((cells, down) => cells.forEach((value, right) => {
      const target = rows[top + down]?.[left + right];
      if (!target) wrong.push(`row ${down + 1}, column ${right + 1} (“${value.trim()}”) falls outside the grid`);
      else if (value.trim() && !isAmount(plain(value))) wrong.push(`row ${down + 1}, column ${right + 1}: “${value.trim()}” is no amount`);
      else changes.push([target, plain(value)]);
    }));
    if (wrong.length) {
      const words = `Nothing was pasted: ${wrong.slice(0, 5).join("; ")}${wrong.length > 5 ? `; and ${wrong.length - 5} more` : ""}.`;
      say(box.closest("tr"), words, true);
      spoken.textContent = words;
      return;
    }
    undone.push(changes.map(([target]) => [target, target.value]));
    changes.forEach(([target, value]) => { target.value = target.dataset.before = value; });
    lines.forEach(preview);
    save([...new Set(changes.map(([target]) => target.closest("tr")))]);
  });

  // Accounts print nought as a dash.
  const plain = (text) => (/^\s*[-–—]\s*$/.test(text) ? "0" : text.trim());
  const isAmount = (text) => /^\(?\s*[-−+]?\s*£?\s*[-−]?\s*(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?\s*\)?\s*-?$/.test(text.trim()) && /\d/.test(text);

  // While one types: the same sums as the portal's (pounds and pence, rounded once, half away from nought), which
  // writes its own over them as soon as the line is saved.
  const unit = form.dataset.money === "pounds" ? 1n : 1000n;
  function pence(text) {
    if (!text.trim() || !isAmount(text)) return null;
    const [whole, part = ""] = text.replace(/[^\d.]/g, "").split(".");
    const scale = unit === 1n ? 2 : 5;
    if (part.length > scale) return null;
    const amount = BigInt((whole || "0") + part.padEnd(scale, "0"));
    return /[-−(]/.test(text) ? -amount : amount;
  }
  function printed(amount) {
    const step = unit === 1n ? 1n : 100000n;
    const whole = ((amount < 0n ? -amount : amount) * 2n + step) / (2n * step);
    const digits = unit === 1n ? `${whole / 100n}.${String(whole % 100n).padStart(2, "0")}` : String(whole);
    const [left, right] = digits.split(".");
    const grouped = left.replace(/\B(?=(\d{3})+$)/g, ",") + (right ? `.${right}` : "");
    return amount < 0n && whole > 0n ? `(${grouped})` : grouped;
  }
  const typedIn = (row) => Object.fromEntries(boxesOf(row).map((box) => [box.dataset.field, pence(box.value)]));
  // A figure that does not follow from what stands in the boxes is not known, and the one from before is not shown.
  const printedOr = (amount) => (amount === undefined ? "–" : printed(amount));
  const isWhole = (said) => !Object.values(said).includes(null);
  const variancesOf = (said) => ({ ytd_variance: said.ytd_budget - said.ytd_actual, forecast_variance: said.annual_budget - said.forecast_outturn });

  // The totals of what is entered: what a box only begins with counts once its line is saved.
  function previewTotals() {
    const sums = new Map();
    for (const row of lines) {
      if (row.querySelector("[data-version]").value === "0" && !changed(row)) continue;
      const said = typedIn(row);
      const all = isWhole(said) ? { ...said, ...variancesOf(said) } : said;
      for (const [name, amount] of Object.entries(all)) if (amount !== null) sums.set(name, (sums.get(name) ?? 0n) + amount);
    }
    for (const place of form.querySelectorAll("[data-total]")) put(place, printedOr(sums.get(place.dataset.total)), place.dataset.total);
  }

  function preview(row) {
    if (!row.dataset.line) return;
    previewTotals();
    const said = typedIn(row);
    form.dispatchEvent(new CustomEvent("money:typed", { detail: { line: row.dataset.line, said, printed } }));
    const prior = row.dataset.prior ? BigInt(row.dataset.prior) : null;
    const sums = isWhole(said) ? variancesOf(said) : {};
    if (prior !== null && isWhole(said)) sums.movement = sums.forecast_variance - prior;
    for (const place of row.querySelectorAll("[data-computed]")) put(place, printedOr(sums[place.dataset.computed]), place.dataset.computed);
  }
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-line]");
    if (row && event.target.classList.contains("mon-box")) preview(row);
  });

  form.addEventListener("focusin", (event) => {
    const box = event.target;
    if (box.classList?.contains("mon-box")) box.dataset.before = box.value;
  });

  form.addEventListener("change", (event) => {
    const row = event.target.closest("tr");
    if (!row) return;
    if (event.target.classList.contains("mon-box")) undone.push([[event.target, event.target.dataset.before ?? ""]]);
    save([row]);
  });

  const unsaved = () => [...lines, ...(ledger ? [ledger] : [])].filter(changed);
  const warn = (event) => {
    if (!unsaved().length) return;
    event.preventDefault();
    event.returnValue = "";
  };
  window.addEventListener("beforeunload", warn);
  window.addEventListener("online", () => save(unsaved()));
  form.addEventListener("submit", () => window.removeEventListener("beforeunload", warn));
  [...lines, ...(ledger ? [ledger] : [])].forEach(remember);
})();
