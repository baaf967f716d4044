/* The meeting card to show across a table, and what can help today with the needs that were picked. */

import { element, queries, refill } from "./dom.js";
import { wordsOf } from "./order.js";
import * as session from "./session.js";

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function needsOfToday({ maybe, all }) {
  const box = maybe("[data-for-picks]");
  if (!box) return {};
  return {
    render: (shown) => {
      const cards = all("[data-if-picked]");
      cards.forEach((card) => {
        card.hidden = !shown || session.get(`pick:${card.dataset.ifPicked}`) !== 1;
      });
      box.hidden = cards.every((card) => card.hidden);
    },
  };
}

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function meetingCard({ find, maybe, all }) {
  if (!maybe("[data-show-empty]")) return {};

  /** The words of a piece: what is ticked, then own words. @param {string} id */
  function wordsOn(id) {
    const ticks = /** @type {HTMLInputElement[]} */ (all(`[data-section="${id}"] [data-step]`)).filter(
      (tick) => tick.checked,
    );
    return ticks.map(wordsOf).concat(
      session
        .words(`own:${id}`)
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    );
  }

  function enter() {
    const pieces = all("[data-show-piece]");
    pieces.forEach((piece) => {
      const texts = wordsOn(piece.dataset.showPiece || "");
      refill(
        queries(piece).find("ul"),
        texts.map((text) => element("li", text)),
      );
      piece.hidden = !texts.length;
    });
    find("[data-show-empty]").hidden = pieces.some((piece) => !piece.hidden);
  }

  return {
    enter: { show: enter },
    clear: () =>
      all("[data-show-piece] ul").forEach((list) => {
        list.textContent = "";
      }),
  };
}
