/* Narrows a list to the rows that have most of the typed words, in what they show or in how youths ask for them
   (data-words). Words that mean the same count as one (data-alike; youthapp/outreach/finding.py does the same). The
   words never leave the phone; without this file the list is whole. */

import { plain } from "../plain.js";

/** Start the controller. Returns stop(). @param {HTMLElement} root */
export function start(root) {
  const field = /** @type {HTMLInputElement} */ (root.querySelector("input"));
  const list = /** @type {HTMLElement} */ (document.getElementById(root.dataset.list || ""));
  const none = /** @type {HTMLElement} */ (root.querySelector("[data-none]"));
  const alike = (root.dataset.alike || "").split("|").map((group) => group.split(" "));
  /** @type {NodeListOf<HTMLElement>} */
  const found = list.querySelectorAll("[data-row]");
  const rows = Array.from(found, (row) => ({ row, text: plain(`${row.textContent} ${row.dataset.words || ""}`), count: 0 }));
  /** @type {NodeListOf<HTMLElement>} */
  const groups = list.querySelectorAll("details:not(.more), section");
  const folds = Array.from(list.querySelectorAll("details:not(.more)"), (fold) => {
    const details = /** @type {HTMLDetailsElement} */ (fold);
    return { details, opened: details.open };
  });

  /** How the words of a row may begin that mean a typed word. @param {string} typed */
  function meantBy(typed) {
    const firsts = alike.filter((group) => group.some((word) => word.startsWith(typed))).map((group) => group[0]);
    return [typed, ...firsts];
  }

  function narrow() {
    const meant = plain(field.value).split(" ").filter(Boolean).map(meantBy);
    rows.forEach((row) => {
      row.count = meant.filter((starts) => starts.some((begin) => row.text.includes(` ${begin}`))).length;
    });
    const most = rows.reduce((high, { count }) => Math.max(high, count), meant.length ? 1 : 0);
    rows.forEach(({ row, count }) => { row.hidden = count < most; });
    groups.forEach((group) => { group.hidden = meant.length > 0 && !group.querySelector("[data-row]:not([hidden])"); });
    folds.forEach(({ details, opened }) => { details.open = meant.length > 0 || opened; });
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
