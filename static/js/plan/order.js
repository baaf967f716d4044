/* Everything that was picked or written, as one list in the youth's own order. */

import { knownChoices } from "./choices.js";
import { copyFrom, queries, refill, tapped } from "./dom.js";
import * as session from "./session.js";
import { inOrder } from "./shape.js";

/** @typedef {{key: string, text: string}} Line */

/** The section around a field, "" outside of one. @param {HTMLElement} field */
function sectionOf(field) {
  const section = /** @type {HTMLElement | null} */ (field.closest("[data-section]"));
  return (section && section.dataset.section) || "";
}

/** The key of a ready choice: its section and its letter in there. @param {HTMLElement} tick */
export const pickOf = (tick) => `pick:${sectionOf(tick)}/${tick.dataset.step}`;

/** The words of a ready choice, in the page's language. @param {HTMLElement} tick */
export function wordsOf(tick) {
  const label = tick.closest("label");
  return ((label && label.textContent) || "").trim();
}

/**
 * The words of everything that can be picked and is known, by key in the order of the plan; own words have none.
 * @param {HTMLElement} root
 */
function known(root) {
  /** @type {Map<string, string>} */
  const words = new Map();
  const choices = knownChoices(root);
  Object.keys(choices).forEach((section) => {
    Object.keys(choices[section]).forEach((letter) => words.set(`pick:${section}/${letter}`, choices[section][letter]));
    words.set(`own:${section}`, "");
  });
  queries(root)
    .all("[data-step], textarea[data-own]")
    .forEach((field) => {
      if (field.dataset.step) words.set(pickOf(field), wordsOf(field));
      else words.set(field.dataset.own || "", "");
    });
  return words;
}

/**
 * Whether the list holds a pick whose words have not been asked for. The meeting's are on its own page.
 * @param {HTMLElement} root
 */
export function lacksWords(root) {
  const words = known(root);
  return (
    !Object.keys(knownChoices(root)).length &&
    Object.keys(session.marks()).some((key) => /^pick:(?!meet-|[^/]*\/keep$)/.test(key) && !words.has(key))
  );
}

/** The list in the youth's order and in the page's language. @param {HTMLElement} root @returns {Line[]} */
export function lines(root) {
  const words = known(root),
    shown = Array.from(words.keys()).filter((key) => !/^\w+:meet-/.test(key));
  return inOrder(session.marks(), shown).map((key) => {
    const [own, line] = key.split("#");
    return {
      key,
      text: line === undefined ? words.get(key) || "" : session.words(own).split("\n")[Number(line)].trim(),
    };
  });
}

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function order({ root, find, maybe, say, template }) {
  const fold = /** @type {HTMLDetailsElement | null} */ (maybe("[data-order-fold]"));
  if (!fold) return {};
  const list = find("[data-order]"),
    row = template("template[data-order-row]");

  /** @param {Line} line @param {boolean} isFirst @param {boolean} isLast */
  function rowOf({ key, text }, isFirst, isLast) {
    const line = copyFrom(row),
      inside = queries(line),
      up = inside.field("[data-up]"),
      down = inside.field("[data-down]");
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
    refill(list, fold && fold.open ? there.map((line, at) => rowOf(line, at === 0, at === there.length - 1)) : []);
  }

  /** @param {string} key @param {1 | -1} by */
  function moveLine(key, by) {
    const keys = lines(root).map((line) => line.key),
      at = keys.indexOf(key);
    if (at < 0 || !keys[at + by]) return;
    keys.splice(at, 1);
    keys.splice(at + by, 0, key);
    session.set("order", keys);
    // The row was drawn anew: the thumb and the screen reader stay with the line they moved.
    const inside = queries(/** @type {HTMLElement} */ (list.children[at + by])),
      again = inside.field(by < 0 ? "[data-up]" : "[data-down]");
    (again.disabled ? inside.find("button:not([disabled])") : again).focus();
  }

  root.addEventListener("click", (event) => {
    const up = tapped(event, "data-up"),
      down = tapped(event, "data-down");
    if (up && list.contains(up)) moveLine(up.dataset.up || "", -1);
    if (down && list.contains(down)) moveLine(down.dataset.down || "", 1);
  });
  fold.addEventListener("toggle", () => {
    if (fold.open) render(!find("[data-list-open]").hidden);
    else list.textContent = "";
  });

  return {
    render,
    clear: () => {
      list.textContent = "";
      fold.open = false;
    },
  };
}
