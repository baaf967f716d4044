/* One question at a time: the sections of the plan as cards, next or skip, and at the end what came of it. */

import { queries, tapped } from "./dom.js";

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function questions(page) {
  const { root, maybe, find, all, say, go } = page;
  if (!maybe("[data-questions]")) return {};
  const cards = /** @type {HTMLDetailsElement[]} */ (all("[data-questions]>[data-question]"));
  const isQuestioning = () => page.view === "questions";
  let at = 0;

  /** Whether something on a card is picked or written. @param {HTMLElement} card */
  function isAnswered(card) {
    const inside = queries(card),
      own = /** @type {HTMLTextAreaElement[]} */ (inside.all("[data-own]"));
    return inside.all("[data-step]:checked").length > 0 || own.some((field) => field.value.trim());
  }

  function showCard() {
    cards.forEach((card, place) => {
      card.classList.toggle("here", place === at);
    });
    cards[at].open = true;
    find("[data-question-count]").textContent = say("question", { n: at + 1, m: cards.length });
    find("[data-question-back]").hidden = at === 0;
    name();
  }

  /** "Skip" until something on the card is picked. */
  function name() {
    const isNext = isAnswered(cards[isQuestioning() ? at : 0]),
      button = find("[data-next]");
    button.textContent = say(isNext ? "next" : "skip");
    button.classList.toggle("first", isNext);
  }

  /** @param {number} place */
  function step(place) {
    at = place;
    if (at >= cards.length) {
      go("yours");
      return;
    }
    if (!isQuestioning()) go("questions");
    else showCard();
    queries(cards[at]).find("summary").focus({ preventScroll: true });
    find("[data-question-count]").scrollIntoView();
  }

  root.addEventListener("click", (event) => {
    if (tapped(event, "data-next")) step(isQuestioning() ? at + 1 : 1);
    if (tapped(event, "data-question-back")) step(at - 1);
  });

  return {
    enter: { questions: showCard },
    leave: (view) => {
      if (view === "questions") return;
      cards.forEach((card) => card.classList.remove("here"));
      find("[data-question-count]").textContent = "";
      find("[data-question-back]").hidden = true;
    },
    render: (shown) => {
      if (shown) name();
    },
  };
}
