/* Narrows a list to the rows that hold all typed words. The words never leave the phone; without this file the list
   is whole. */

/** @param {string} text */
function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

/** Start the controller. Returns stop(). @param {HTMLElement} root */
export function start(root) {
  const field = /** @type {HTMLInputElement} */ (root.querySelector("input"));
  const list = /** @type {HTMLElement} */ (document.getElementById(root.dataset.list || ""));
  const none = /** @type {HTMLElement} */ (root.querySelector("[data-none]"));
  /** @type {NodeListOf<HTMLElement>} */
  const found = list.querySelectorAll("[data-row]");
  const rows = Array.from(found, (row) => ({ row, text: plain(row.textContent || "") }));
  /** @type {NodeListOf<HTMLElement>} */
  const groups = list.querySelectorAll("details, section");
  const folds = Array.from(list.querySelectorAll("details"), (fold) => ({ fold, opened: fold.open }));

  function narrow() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    rows.forEach(({ row, text }) => { row.hidden = !words.every((word) => text.includes(word)); });
    groups.forEach((group) => { group.hidden = words.length > 0 && !group.querySelector("[data-row]:not([hidden])"); });
    folds.forEach(({ fold, opened }) => { fold.open = words.length > 0 || opened; });
    none.hidden = rows.some(({ row }) => !row.hidden);
  }

  function clear() {
    field.value = "";
    narrow();
  }

  field.addEventListener("input", narrow);
  document.addEventListener("app:leave", clear);
  root.hidden = false;
  return () => document.removeEventListener("app:leave", clear);
}
