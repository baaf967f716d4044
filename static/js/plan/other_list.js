/* The harmless list behind the second PIN: lines to tick, add and remove. It knows nothing of the other one. */

import { copyFrom, queries, tapped, targetOf } from "./dom.js";
import { random } from "./sealed.js";
import * as session from "./session.js";

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function otherList({ root, find, field, template }) {
  const list = find("[data-other-items]"), row = template("template[data-other-row]"), added = field("[data-other-new]");
  const doneKey = (/** @type {string} */ key) => key.replace("item:", "done:");

  /** @param {string} key */
  function rowOf(key) {
    const line = copyFrom(row), inside = queries(line), tick = inside.field("input"), remove = inside.find("[data-remove]");
    inside.find("span").textContent = session.words(key);
    tick.checked = session.get(doneKey(key)) === 1;
    tick.dataset.item = key;
    remove.dataset.remove = key;
    remove.setAttribute("aria-label", `${remove.textContent}: ${session.words(key)}`);
    return line;
  }

  function render() {
    const { state, kind } = session.snapshot(), isHere = state === "kept" && kind === "list";
    find("[data-other]").hidden = !isHere;
    list.textContent = "";
    if (!isHere) return;
    const marks = session.marks(), moved = (marks.order || []).filter((key) => marks[key] !== undefined);
    const rest = Object.keys(marks).filter((key) => key.startsWith("item:") && !moved.includes(key));
    list.append(...moved.concat(rest).map(rowOf));
  }

  root.addEventListener("change", (event) => {
    const { dataset: { item }, checked } = targetOf(event);
    if (item) session.set(doneKey(item), checked ? 1 : undefined);
  });
  root.addEventListener("click", (event) => {
    const button = tapped(event, "data-remove"), key = button && button.dataset.remove;
    if (!key) return;
    session.set(doneKey(key), undefined);
    session.set(key, undefined);
  });
  root.addEventListener("submit", (event) => {
    if (!targetOf(event).matches("[data-other-form]") || !added.value.trim()) return;
    const id = Array.from(random(5), (byte) => byte.toString(16).padStart(2, "0")).join("");
    session.set(`item:${id}`, added.value.trim());
    added.value = "";
    added.focus();
  });

  return { render, clear: () => { added.value = ""; list.textContent = ""; } };
}
