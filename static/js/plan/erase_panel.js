/* Erasing the list, or all that this app keeps, after asking once. "Done" is said after looking. */

import { tapped } from "./dom.js";
import { dropAll } from "../offline/book.js";
import { whyOf } from "./vault.js";
import * as session from "./session.js";

/** How long the answer stays before buttons come up under the thumb, so that a second tap does not hit them. */
const NO_SECOND_TAP = 500;

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function erasePanel({ root, say, find }) {
  const status = find("[data-erase-status]"),
    button = find("[data-erase]"),
    question = find("[data-erase-ask]");
  const anew = find("[data-begin-anew]");
  let isErasing = false;

  function render() {
    const { state } = session.snapshot(),
      isNothing = state === "open" && session.isEmpty();
    find("[data-erasing]").hidden = state === "closed" || state === "covered" || (isNothing && !status.textContent);
    if (!isErasing) button.hidden = isNothing || state === "erased" || !question.hidden;
    anew.hidden = isErasing || state !== "erased";
  }

  /** @param {boolean} everything the saved book too */
  async function erase(everything) {
    isErasing = true;
    status.textContent = say("erasing");
    try {
      // The book goes too when the browser still holds the list's files (forget.js does the same).
      try {
        await session.erase();
      } finally {
        if (everything) await dropAll();
      }
      status.textContent = say("done-erase");
    } catch (error) {
      status.textContent = say(whyOf(error) === "files" ? "files-held" : "not-erased");
    }
    await new Promise((done) => setTimeout(done, NO_SECOND_TAP));
    isErasing = false;
    question.hidden = true;
    render();
    status.scrollIntoView({ block: "center" });
  }

  /** @param {boolean} yes */
  function ask(yes) {
    question.hidden = !yes;
    button.hidden = yes;
    status.textContent = "";
    if (!yes) {
      button.focus();
      return;
    }
    find("[data-erase-ask] h2").focus();
    question.scrollIntoView({ block: "center" });
  }

  root.addEventListener("click", (event) => {
    if (tapped(event, "data-erase")) ask(true);
    else if (tapped(event, "data-erase-not")) ask(false);
    // The second tap of a double tap is not a yes.
    else if (tapped(event, "data-erase-sure") && event.detail < 2) erase(false);
    else if (tapped(event, "data-erase-everything") && event.detail < 2) erase(true);
    else if (tapped(event, "data-begin-anew")) {
      status.textContent = "";
      session.begin();
    }
  });

  return {
    render,
    onEvent: (event) => {
      if (event === "state" && session.snapshot().state === "kept") status.textContent = "";
    },
    clear: () => {
      if (isErasing) return;
      question.hidden = true;
      button.hidden = false;
    },
  };
}
