/* Everything that was picked or written, as one list in the youth's own order. */

import * as session from "./session.js";
import { inOrder } from "./shape.js";

/** The key of a ready choice: its section and its letter in there. */
export const pickOf = (tick) => `pick:${tick.closest("[data-section]").dataset.section}/${tick.dataset.step}`;

/** The list as [{key, text, section}] in the youth's order; texts come from the page, so they are in its language. */
export function lines(root) {
  const marks = session.marks(), known = [], texts = {}, sections = {};
  root.querySelectorAll("[data-step], textarea[data-own]").forEach((field) => {
    const section = field.closest("[data-section]"), name = section ? section.dataset.section : "";
    if (field.dataset.step) {
      const key = pickOf(field);
      known.push(key); texts[key] = field.closest("label").textContent.trim(); sections[key] = name;
    } else {
      known.push(field.dataset.own);
      (marks[field.dataset.own] || "").split("\n").forEach((line, at) => { texts[`${field.dataset.own}#${at}`] = line.trim(); sections[`${field.dataset.own}#${at}`] = name; });
    }
  });
  return inOrder(marks, known).map((key) => ({ key, text: texts[key], section: sections[key] }));
}

export function order({ root, find, say }) {
  const fold = find("[data-order-fold]"), list = find("[data-order]"), row = find("template[data-order-row]");
  if (!fold) return {};

  function render(shown) {
    const there = shown ? lines(root) : [];
    fold.hidden = there.length < 2;
    list.textContent = "";
    if (!fold.open) return;
    there.forEach(({ key, text }, at) => {
      const line = row.content.cloneNode(true), up = line.querySelector("[data-up]"), down = line.querySelector("[data-down]");
      line.querySelector("span").textContent = text;
      [[up, "up", at === 0], [down, "down", at === there.length - 1]].forEach(([button, word, end]) => {
        button.dataset[word] = key;
        button.setAttribute("aria-label", say(word, { what: text }));
        button.disabled = end;
      });
      list.append(line);
    });
  }

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-up], [data-down]");
    if (!button || !list.contains(button)) return;
    const by = button.dataset.up ? -1 : 1, key = button.dataset.up || button.dataset.down, keys = lines(root).map((line) => line.key), at = keys.indexOf(key);
    if (at < 0 || !keys[at + by]) return;
    keys.splice(at, 1);
    keys.splice(at + by, 0, key);
    session.set("order", keys);
    // The row was drawn anew: the thumb and the screen reader stay with the line they moved.
    const again = list.querySelectorAll(by < 0 ? "[data-up]" : "[data-down]")[at + by];
    if (again) (again.disabled ? again.parentNode.querySelector("button:not([disabled])") : again).focus();
  });
  fold.addEventListener("toggle", () => { if (fold.open) render(!find("[data-list-open]").hidden); else list.textContent = ""; });

  return { render, clear: () => { list.textContent = ""; fold.open = false; } };
}
