/* Everything that was picked or written, as one list in the youth's own order. */

import { copyFrom, queries, tapped } from "./dom.js";
import * as session from "./session.js";
import { inOrder } from "./shape.js";

/** @typedef {{key: string, text: string, section: string}} Line */

/** The section around a field, "" outside of one. @param {HTMLElement} field */
function sectionOf(field) {
  const section = /** @type {HTMLElement | null} */ (field.closest("[data-section]"));
  return (section && section.dataset.section) || "";
}

/** The key of a ready choice: its section and its letter in there. @param {HTMLElement} tick */
export const pickOf = (tick) => `pick:${sectionOf(tick)}/${tick.dataset.step}`;

/** The words of a ready choice, in the page's language. @param {HTMLElement} tick */
export const wordsOf = (tick) => ((/** @type {HTMLElement} */ (tick.closest("label"))).textContent || "").trim();

/** The list in the youth's order; texts come from the page, so they are in its language. @param {HTMLElement} root @returns {Line[]} */
export function lines(root) {
  /** @type {Record<string, {text: string, section: string}>} */
  const found = {};
  /** @type {string[]} */
  const known = [];
  queries(root).all("[data-step], textarea[data-own]").forEach((field) => {
    const section = sectionOf(field), key = field.dataset.step ? pickOf(field) : field.dataset.own || "";
    known.push(key);
    if (field.dataset.step) found[key] = { text: wordsOf(field), section };
    else session.words(key).split("\n").forEach((line, at) => { found[`${key}#${at}`] = { text: line.trim(), section }; });
  });
  return inOrder(session.marks(), known).map((key) => ({ key, ...found[key] }));
}

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function order({ root, find, maybe, say, template }) {
  const fold = /** @type {HTMLDetailsElement | null} */ (maybe("[data-order-fold]"));
  if (!fold) return {};
  const list = find("[data-order]"), row = template("template[data-order-row]");

  /** @param {Line} line @param {boolean} isFirst @param {boolean} isLast */
  function rowOf({ key, text }, isFirst, isLast) {
    const line = copyFrom(row), inside = queries(line), up = inside.field("[data-up]"), down = inside.field("[data-down]");
    inside.find("span").textContent = text;
    up.dataset.up = key;
    down.dataset.down = key;
    up.setAttribute("aria-label", say("up", { what: text }));
    down.setAttribute("aria-label", say("down", { what: text }));
    up.disabled = isFirst;
    down.disabled = isLast;
    return line;
  }

  /** @param {boolean} shown */
  function render(shown) {
    const there = shown ? lines(root) : [];
    /** @type {HTMLElement} */ (fold).hidden = there.length < 2;
    list.textContent = "";
    if (fold && fold.open) list.append(...there.map((line, at) => rowOf(line, at === 0, at === there.length - 1)));
  }

  /** @param {string} key @param {1 | -1} by */
  function moveLine(key, by) {
    const keys = lines(root).map((line) => line.key), at = keys.indexOf(key);
    if (at < 0 || !keys[at + by]) return;
    keys.splice(at, 1);
    keys.splice(at + by, 0, key);
    session.set("order", keys);
    // The row was drawn anew: the thumb and the screen reader stay with the line they moved.
    const inside = queries(/** @type {HTMLElement} */ (list.children[at + by])), again = inside.field(by < 0 ? "[data-up]" : "[data-down]");
    (again.disabled ? inside.find("button:not([disabled])") : again).focus();
  }

  root.addEventListener("click", (event) => {
    const up = tapped(event, "data-up"), down = tapped(event, "data-down");
    if (up && list.contains(up)) moveLine(up.dataset.up || "", -1);
    if (down && list.contains(down)) moveLine(down.dataset.down || "", 1);
  });
  fold.addEventListener("toggle", () => { if (fold.open) render(!find("[data-list-open]").hidden); else list.textContent = ""; });

  return { render, clear: () => { list.textContent = ""; fold.open = false; } };
}
