/* The meeting card to show across a table, and what can help today with the needs that were picked. */

import * as session from "./session.js";

export function show({ root, find, all }) {
  function needs(shown) {
    const box = find("[data-for-picks]");
    if (!box) return;
    let some = false;
    all("[data-if-picked]").forEach((card) => {
      card.hidden = !shown || session.get(`pick:${card.dataset.ifPicked}`) !== 1;
      some = some || !card.hidden;
    });
    box.hidden = !some;
  }

  function enterShow() {
    let some = false;
    all("[data-show-piece]").forEach((piece) => {
      const id = piece.dataset.showPiece, list = piece.querySelector("ul");
      const texts = Array.from(root.querySelectorAll(`[data-section="${id}"] [data-step]`)).filter((tick) => tick.checked).map((tick) => tick.closest("label").textContent.trim());
      texts.push(...(session.get(`own:${id}`) || "").split("\n").map((line) => line.trim()).filter(Boolean));
      list.textContent = "";
      texts.forEach((text) => { const line = document.createElement("li"); line.textContent = text; list.append(line); });
      piece.hidden = !texts.length;
      some = some || texts.length > 0;
    });
    find("[data-show-empty]").hidden = some;
  }

  return {
    render: needs,
    enter: { show: enterShow },
    clear: () => all("[data-show-piece] ul").forEach((list) => { list.textContent = ""; }),
  };
}
