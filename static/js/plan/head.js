/* What is best kept in the head: ticks and own words that would tell a finder of a plan. They stay on the page, out
   of the session, so that nothing of them can be kept, printed or carried, until the reader puts them on the list.

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

/**
 * Put a section's on the list, or take them off it again. While they are moved the list does not hold them, so that
 * the page keeps what is ticked.
 * @param {HTMLInputElement} tick
 */
function put(tick) {
  const head = /** @type {HTMLElement} */ (headOf(tick)),
    isOn = tick.checked; // the page draws the tick anew with each change of the list
  if (!isOn) session.set(keyOf(head), undefined);
  /** @type {HTMLInputElement[]} */ (queries(head).all("[data-step], [data-own]")).forEach((field) => {
    const { step, own } = field.dataset,
      mark = step ? field.checked && 1 : field.value;
    session.set(step ? pickOf(field) : own || "", isOn && mark);
  });
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
    /** @type {HTMLInputElement[]} */ (all("[data-head] [data-step], [data-head] [data-own]"))
      .filter(staysInHead)
      .forEach((field) => {
        field.checked = false;
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
    clearTimeout(timer);
    timer = setTimeout(forget, session.IDLE * 1000);
  };
  const draw = (/** @type {boolean} */ shown) => {
    keeps().forEach((tick) => {
      tick.checked = shown && !staysInHead(tick);
    });
  };
  ["input", "change"].forEach((name) => root.addEventListener(name, onTouched));
  document.addEventListener("visibilitychange", onHidden);
  addEventListener("pagehide", forget);

  return {
    render: draw,
    clear: () => {
      forget();
      draw(false);
    },
    stop: () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onHidden);
      removeEventListener("pagehide", forget);
    },
  };
}
