// Folds the rows below a heading. Without this file every row is shown.
(function () {
  "use strict";
  const table = document.querySelector("[data-outline]");
  if (!table) return;
  const rows = Array.from(table.tBodies[0].rows);
  const levelOf = (row) => Number(row.dataset.level);

  function below(index) {
    const level = levelOf(rows[index]);
    let end = index + 1;
    while (end < rows.length && levelOf(rows[end]) > level) end += 1;
    return rows.slice(index + 1, end);
  }

  function show() {
    let hiddenBelow = Infinity;
    rows.forEach((row) => {
      const level = levelOf(row);
      if (level <= hiddenBelow) hiddenBelow = Infinity;
      row.hidden = level > hiddenBelow;
      const button = row.querySelector("[data-fold]");
      if (button && button.getAttribute("aria-expanded") === "false" && !row.hidden) hiddenBelow = level;
    });
  }

  function fold(button, open) {
    button.setAttribute("aria-expanded", String(open));
  }

  rows.forEach((row, index) => {
    if (!below(index).length) return;
    const cell = row.cells[1];
    const button = document.createElement("button");
    button.type = "button";
    button.className = "icp-fold";
    button.dataset.fold = "";
    const reference = row.cells[0].textContent.trim();
    button.setAttribute("aria-label", "Rows below " + reference);
    fold(button, true);
    button.addEventListener("click", () => {
      fold(button, button.getAttribute("aria-expanded") !== "true");
      show();
    });
    cell.prepend(button);
  });

  const buttons = Array.from(table.querySelectorAll("[data-fold]"));
  if (!buttons.length) return;
  const bar = document.createElement("p");
  bar.className = "icp-fold-all";
  [["Fold all", false], ["Unfold all", true]].forEach(([text, open]) => {
    const all = document.createElement("button");
    all.type = "button";
    all.className = "icp-link-button";
    all.textContent = text;
    all.addEventListener("click", () => {
      buttons.forEach((button) => fold(button, open));
      show();
    });
    bar.append(all, " ");
  });
  table.before(bar);

  // A link to a row unfolds what hides it.
  function reveal() {
    const wanted = location.hash && document.getElementById(location.hash.slice(1));
    if (wanted && wanted.hidden) {
      buttons.forEach((button) => fold(button, true));
      show();
      wanted.scrollIntoView();
    }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
