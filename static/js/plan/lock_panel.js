/* What stands on the page while no list is on it: locked, covered, or unreadable; and the line that says how the
   list is kept. */

import { targetOf, tapped } from "./dom.js";
import { sentenceFor } from "./refusals.js";
import * as session from "./session.js";

/** The fields of PINs and words are emptied, and dots again. @param {import("./dom.js").Queries} page */
export function forgetTyped({ all }) {
  /** @type {HTMLInputElement[]} */ (all(".secret")).forEach((field) => {
    field.value = "";
    field.classList.remove("seen");
  });
  /** @type {HTMLInputElement[]} */ (all("[data-show-secret]")).forEach((tick) => {
    tick.checked = false;
  });
}

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function lockPanel(page) {
  const { root, say, find, all, field } = page;
  const status = find("[data-status]"),
    answer = find("[data-open-status]"),
    unlock = field("[data-unlock]");
  let before = "";

  function showStatus() {
    const { state, trouble } = session.snapshot();
    let text = "";
    if (state === "kept") text = say("kept");
    else if (state === "open" || state === "covered") text = say("memory");
    if (trouble && state !== "broken") text = sentenceFor(say, trouble);
    status.textContent = text;
    status.classList.toggle("late", !!trouble && state !== "broken");
  }

  function render() {
    const { state, hasPin, trouble } = session.snapshot();
    find("[data-closed]").hidden = state !== "locked" && state !== "opening";
    find("[data-covered]").hidden = state !== "covered";
    find("[data-broken]").hidden = state !== "broken";
    find("[data-broken-why]").textContent = state === "broken" ? sentenceFor(say, trouble) : "";
    find("[data-with-pin]").hidden = !hasPin;
    showStatus();
  }

  async function open() {
    const typed = unlock.value;
    unlock.value = "";
    if (session.snapshot().state !== "locked") return;
    answer.textContent = say("trying");
    try {
      const isRight = await session.unlock(typed, (seconds) => {
        answer.textContent = say("wait", { n: seconds });
      });
      // Hidden meanwhile, or erased by too many tries: then there is nothing to say.
      answer.textContent = isRight || session.snapshot().state !== "locked" ? "" : say("wrong");
      if (isRight) forgetTyped(page);
      else unlock.focus();
    } catch (error) {
      answer.textContent = sentenceFor(say, error);
    }
  }

  function moved() {
    const { state } = session.snapshot();
    find("[data-idle-warning]").hidden = true;
    if (state === "locked" && before === "kept") find("[data-closed] h2").focus();
    if (state === "kept" && before === "opening") {
      status.tabIndex = -1;
      status.focus();
    }
    before = state;
  }

  root.addEventListener("submit", (event) => {
    event.preventDefault();
    if (targetOf(event).matches("[data-open-form]")) open();
  });
  root.addEventListener("click", (event) => {
    if (tapped(event, "data-uncover")) session.show();
  });
  root.addEventListener("change", (event) => {
    const tick = targetOf(event);
    if (tick.matches("[data-show-secret]"))
      all(".secret").forEach((secret) => secret.classList.toggle("seen", tick.checked));
  });

  return {
    render,
    onEvent: (event) => {
      if (event === "warning" || event === "warning-off") find("[data-idle-warning]").hidden = event !== "warning";
      if (event === "saved" || event === "trouble") showStatus();
      if (event === "trouble") status.scrollIntoView({ block: "center" });
      if (event === "state") moved();
    },
    clear: () => forgetTyped(page),
  };
}
