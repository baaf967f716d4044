/* What is best kept in the head: ticks and own words that would tell a finder of a plan. They stay on the page, out of
   the session, so that nothing of them can be kept, printed or carried, until the reader puts the section's on the list.

   Dangers: what is not in the session is not covered or locked with it. So it leaves the page whenever the page is
   hidden or left, when the list closes, and when nobody touched it for as long as a list stays open. */

import { queries, targetOf } from "./dom.js";
import { pickOf } from "./order.js";
import * as session from "./session.js";

/** The group around a field that is best kept in the head. @param {HTMLElement} field */
const headOf = (field) => /** @type {HTMLElement | null} */ (field.closest("[data-head]"));

/** Key of the mark that says that a section's go on the list. @param {HTMLElement} head */
const keyOf = (head) => `pick:${head.dataset.head}/keep`;

/** Whether a field stays on the page, and out of the list. @param {HTMLElement} field */
export function staysInHead(field) {
  const head = headOf(field);
  return !!head && session.get(keyOf(head)) !== 1;
}

/** What stands in a field, as a mark; undefined when nothing does. @param {HTMLInputElement} field */
function markOf(field) {
  if (field.dataset.step) return field.checked ? 1 : undefined;
  return field.value || undefined;
}

/** @param {HTMLInputElement} field */
const fieldKey = (field) => (field.dataset.step ? pickOf(field) : field.dataset.own || "");

/**
 * Put a section's on the list, or take them off it again. While they are moved they are not in the list's hands, so
 * that the page keeps what is ticked.
 * @param {HTMLInputElement} tick
 */
function put(tick) {
  const head = headOf(tick);
  if (!head) return;
  const isOn = tick.checked; // the page draws the tick anew with each change of the list
  const fields = /** @type {HTMLInputElement[]} */ (queries(head).all("[data-step], [data-own]"));
  if (!isOn) session.set(keyOf(head), undefined);
  fields.forEach((field) => session.set(fieldKey(field), isOn ? markOf(field) : undefined));
  if (isOn) session.set(keyOf(head), 1);
}

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function head({ root, all, count }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const keeps = () => /** @type {HTMLInputElement[]} */ (all("[data-head-keep]"));
  if (!keeps().length) return {};

  /** Everything that is not on the list leaves the page. */
  function forget() {
    clearTimeout(timer);
    all("[data-head] [data-step], [data-head] [data-own]")
      .filter(staysInHead)
      .forEach((element) => {
        const field = /** @type {HTMLInputElement} */ (element);
        field.checked = false;
        if (!field.dataset.own) return;
        field.value = "";
        // A fresh element: the browser's undo would bring back what was typed in the old one.
        field.replaceWith(field.cloneNode(false));
      });
    count();
  }

  const onHidden = () => {
    if (document.visibilityState === "hidden") forget();
  };
  /** @param {Event} event */
  const onTouched = (event) => {
    const field = targetOf(event);
    if (event.type === "change" && field.matches("[data-head-keep]")) put(field);
    if (!headOf(field)) return;
    clearTimeout(timer);
    timer = setTimeout(forget, session.IDLE * 1000);
  };
  root.addEventListener("input", onTouched);
  root.addEventListener("change", onTouched);
  document.addEventListener("visibilitychange", onHidden);
  addEventListener("pagehide", forget);

  return {
    render: (shown) => {
      if (!shown) return;
      keeps().forEach((tick) => {
        const group = headOf(tick);
        tick.checked = !!group && session.get(keyOf(group)) === 1;
      });
    },
    clear: () => {
      forget();
      keeps().forEach((tick) => {
        tick.checked = false;
      });
    },
    stop: () => {
      forget();
      root.removeEventListener("input", onTouched);
      root.removeEventListener("change", onTouched);
      document.removeEventListener("visibilitychange", onHidden);
      removeEventListener("pagehide", forget);
    },
  };
}
