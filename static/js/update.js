// The monthly update saves each row as one leaves it, by the same form that works without this script.
(() => {
  "use strict";
  const form = document.querySelector("form[data-update]");
  if (!form || !window.fetch) return;

  const DELAYS = [2, 4, 8, 15, 30]; // seconds between tries while the portal cannot be reached
  const rows = new Map();
  const spoken = document.createElement("p");
  spoken.className = "nhsuk-u-visually-hidden";
  spoken.setAttribute("role", "status");
  form.append(spoken);

  const rowOf = (element) => element.closest("[data-row]");
  const part = (element, name) => element.querySelector(`[data-part="${name}"]`);
  const fieldsOf = (row) => [...row.querySelectorAll(".upd-field input, .upd-field select, .upd-field textarea")];
  const valueOf = (box) => (box.type === "checkbox" ? box.checked : box.value);
  const typedIn = (row) => JSON.stringify(fieldsOf(row).map(valueOf));
  const inConflict = (row) => part(row, "conflict").childElementCount > 0;

  function stateOf(row) {
    if (!rows.has(row)) rows.set(row, { saved: typedIn(row), saving: false, tries: 0, timer: 0 });
    return rows.get(row);
  }

  function say(row, words, wrong) {
    const line = document.createElement("p");
    line.className = wrong ? "icp-field-error" : "icp-quiet";
    line.textContent = words;
    const place = part(row, "state");
    place.querySelector("p")?.remove();
    place.prepend(line);
  }

  const chooses = (submitter) => Boolean(submitter?.hasAttribute("data-choose"));

  function bodyOf(row, submitter) {
    const body = new FormData();
    for (const one of form.querySelectorAll(":scope > input[type=hidden]")) body.append(one.name, one.value);
    for (const one of row.querySelectorAll("input, select, textarea")) {
      if ((one.type === "checkbox" || one.type === "radio") && !one.checked) continue;
      if (one.closest('[data-part="conflict"]') && !chooses(submitter)) continue;
      if (one.name) body.append(one.name, one.value);
    }
    body.append(submitter?.name || "do", submitter?.value || `save-${row.dataset.row}`);
    return new URLSearchParams(body);
  }

  async function post(row, submitter) {
    const answer = await fetch(form.action, {
      method: "POST",
      body: bodyOf(row, submitter),
      headers: { "X-One-Row": "1" },
      credentials: "same-origin",
    });
    const html = await answer.text();
    const fresh = new DOMParser().parseFromString(html, "text/html");
    return { status: answer.status, fresh, row: fresh.querySelector(`[data-row="${row.dataset.row}"]`) };
  }

  // A new sign-in, in this tab or another, changes the form's safety mark: fetch the new one.
  async function renewMark() {
    const answer = await fetch(form.action, { credentials: "same-origin" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const mark = fresh.querySelector("form[data-update] [name=csrfmiddlewaretoken]");
    if (!mark) return false;
    form.querySelector("[name=csrfmiddlewaretoken]").value = mark.value;
    return true;
  }

  async function save(row, submitter) {
    const state = stateOf(row);
    clearTimeout(state.timer);
    clearTimeout(state.pause);
    // Between two people's values only a press in their panel chooses.
    if (inConflict(row) && !chooses(submitter)) return false;
    if (state.saving) {
      state.again = true;
      return false;
    }
    const typed = typedIn(row);
    if (!submitter && typed === state.saved) return true;
    state.saving = true;
    say(row, "Saving…");
    let result = null;
    try {
      result = await post(row, submitter);
      if (result.status === 403 && (await renewMark())) result = await post(row, submitter);
    } catch {
      result = null;
    }
    state.saving = false;
    if (!result || !result.row) {
      tryAgain(row, result, submitter);
      return false;
    }
    state.tries = 0;
    state.pressed = null;
    const saved = !result.row.classList.contains("upd-row--wrong");
    if (saved) state.saved = typed;
    show(row, result, chooses(submitter));
    if (inConflict(row)) keepTypedSince(row, JSON.parse(typed));
    if (state.again) {
      state.again = false;
      return save(row);
    }
    return saved;
  }

  const shownIn = (box) => {
    if (box.type === "checkbox") return box.checked ? "Yes" : "No";
    return (box.matches("select") ? box.selectedOptions[0].textContent : box.value).trim() || "Nothing";
  };

  // Between two people's values mine is what stands in the box: also what I typed since the panel came.
  function keepMine(row, box) {
    const field = box.closest("[data-field]")?.dataset.field;
    const mine = part(row, "conflict").querySelector(`input[name$="-take-${field}"][value="mine"]`);
    if (!mine) return;
    mine.checked = true;
    mine.parentElement.querySelector("q").textContent = shownIn(box);
  }

  function keepTypedSince(row, sent) {
    for (const [number, box] of fieldsOf(row).entries()) {
      if (valueOf(box) !== sent[number]) keepMine(row, box);
    }
  }

  function askToChoose(row) {
    say(row, `Not saved: two people changed ${row.dataset.name}. Choose below.`, true);
    part(row, "conflict").querySelector("input[type=radio]:checked").focus();
  }

  function tryAgain(row, result, submitter) {
    const state = stateOf(row);
    state.pressed = submitter;
    const seconds = DELAYS[Math.min(state.tries, DELAYS.length - 1)];
    state.tries += 1;
    const signedOut = result && result.status < 400;
    say(row, signedOut ? "Not saved: you are signed out. Sign in in another tab; this page will save it." : "Not saved: trying again", true);
    if (state.tries === 1) spoken.textContent = `${row.dataset.name} is not saved; trying again.`;
    state.timer = setTimeout(() => save(row, submitter), seconds * 1000);
  }

  // What one types in is never replaced, unless a choice between two people's values was made.
  function show(row, result, chosen) {
    const fresh = result.row;
    const wrong = fresh.classList.contains("upd-row--wrong");
    row.className = fresh.className;
    row.querySelector("[data-version]").value = fresh.querySelector("[data-version]").value;
    for (const name of ["proposed", "also", "state", "conflict"]) {
      const old = part(row, name);
      const held = old.contains(document.activeElement);
      old.replaceChildren(...part(fresh, name).childNodes);
      old.className = part(fresh, name).className;
      if (held) row.querySelector("[data-save]").focus();
    }
    for (const field of row.querySelectorAll("[data-field]")) showErrors(field, fresh, wrong);
    if (chosen && !wrong) takeValues(row, fresh);
    showNext(result.fresh);
    spoken.textContent = `${row.dataset.name}: ${part(row, "state").textContent.trim().replace(/\s+/g, " ")}`;
  }

  function showErrors(field, fresh, wrong) {
    field.querySelector(".icp-field-error")?.remove();
    const box = field.querySelector("input, select, textarea");
    box.removeAttribute("aria-invalid");
    box.removeAttribute("aria-describedby");
    const said = fresh.querySelector(`[data-field="${field.dataset.field}"] .icp-field-error`);
    if (!wrong || !said) return;
    box.before(said);
    box.setAttribute("aria-invalid", "true");
    box.setAttribute("aria-describedby", said.id);
  }

  function takeValues(row, fresh) {
    for (const box of fieldsOf(row)) {
      const other = fresh.querySelector(`[name="${box.name}"]`);
      if (!other) continue;
      if (box.type === "checkbox") box.checked = other.checked;
      else box.value = other.value;
    }
    stateOf(row).saved = typedIn(row);
  }

  function showNext(fresh) {
    const next = fresh.querySelector('[data-part="next"]');
    const old = document.querySelector('[data-part="next"]');
    if (next && old && !old.contains(document.activeElement)) {
      old.replaceWith(next);
      prepareNil();
    }
  }

  // Where this script runs, a nil return is one press: it can be recalled.
  function prepareNil() {
    const nil = document.getElementById("nil");
    if (!nil || nil.elements.sure) return;
    const sure = document.createElement("input");
    sure.type = "hidden";
    sure.name = "sure";
    sure.value = "yes";
    nil.append(sure);
  }

  function unsaved() {
    return [...form.querySelectorAll("[data-row]")].filter((row) => typedIn(row) !== stateOf(row).saved);
  }

  form.addEventListener("change", (event) => {
    const row = rowOf(event.target);
    if (!row || !event.target.closest(".upd-field")) return;
    if (inConflict(row)) keepMine(row, event.target);
    else save(row);
  });

  // Text is kept while one still types in it, so that little is lost if the machine goes away.
  form.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (row && inConflict(row) && event.target.closest(".upd-field")) keepMine(row, event.target);
    if (!row || event.target.tagName !== "TEXTAREA" || inConflict(row)) return;
    const state = stateOf(row);
    clearTimeout(state.pause);
    state.pause = setTimeout(() => save(row), 4000);
  });

  form.addEventListener("keydown", async (event) => {
    const row = rowOf(event.target);
    if (!row || event.key !== "Enter") return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const next = row.nextElementSibling || row;
      next.querySelector("select").focus();
      if (!inConflict(row)) save(row);
    } else if (event.target.matches("input:not([type=radio])")) {
      event.preventDefault();
      if (!inConflict(row)) save(row);
    }
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-save], button[data-choose]");
    const row = button && rowOf(button);
    if (!row) return;
    event.preventDefault();
    if (inConflict(row) && !chooses(button)) askToChoose(row);
    else save(row, button);
  });

  form.addEventListener("submit", () => {
    // The whole page is sent: nothing is left behind.
    window.removeEventListener("beforeunload", warn);
  });

  function warn(event) {
    const answer = document.getElementById("answer");
    const answered = answer && answer.value !== answer.defaultValue;
    if (unsaved().length === 0 && !answered) return;
    event.preventDefault();
    event.returnValue = "";
  }

  window.addEventListener("beforeunload", warn);
  window.addEventListener("online", () => unsaved().filter((row) => stateOf(row).tries).forEach((row) => save(row, stateOf(row).pressed)));
  for (const row of form.querySelectorAll("[data-row]")) {
    stateOf(row);
    // A row that came back refused is still to be saved.
    if (row.classList.contains("upd-row--wrong")) stateOf(row).saved = "";
  }
  prepareNil();
})();
