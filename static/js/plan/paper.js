/* The list on one sheet that a stranger reads as any list. The sheet is filled for the printer and emptied after. */

import * as session from "./session.js";
import { lines } from "./order.js";

const MOST = 40;
/** Sections whose lines say more than errands do: they start unticked, and the youth decides. */
const SAY_MORE = ["plan-staying", "plan-leaving", "plan-back", "plan-after", "plan-moved", "plan-online", "plan-body", "plan-tonight", "plan-phone"];

export function paper({ root, find, all, say }) {
  const rows = find("[data-paper-rows]");
  if (!rows) return {};
  const sheet = document.querySelector("[data-paper]"), empty = Array.from(sheet.childNodes);
  let title = "";

  function pocketLines() {
    return ["who", "number", "where", "word", "next"].map((field) => session.get(`card:${field}`)).filter(Boolean).map((text) => ({ text, section: "card" }));
  }

  function enter() {
    rows.textContent = "";
    pocketLines().concat(lines(root)).forEach(({ text, section }) => {
      const row = document.createElement("li"), label = document.createElement("label"), tick = document.createElement("input"), words = document.createElement("span");
      label.className = "chip pick";
      tick.type = "checkbox";
      tick.autocomplete = "off";
      tick.checked = !SAY_MORE.includes(section);
      words.textContent = text;
      label.append(tick, words);
      row.append(label);
      rows.append(row);
    });
  }

  function fill() {
    const chosen = Array.from(rows.querySelectorAll("input:checked"), (tick) => tick.closest("label").textContent);
    if (!chosen.length) return;
    find("[data-paper-many]").hidden = chosen.length <= MOST;
    const note = document.createElement("div"), heading = document.createElement("h2"), list = document.createElement("ul");
    heading.textContent = say("paper-name");
    chosen.slice(0, MOST).forEach((text) => { const row = document.createElement("li"); row.textContent = text; list.append(row); });
    sheet.textContent = "";
    sheet.classList.toggle("small", find("[data-small]").checked);
    note.append(heading, list);
    sheet.append(note);
  }

  function clear() {
    rows.textContent = "";
    sheet.textContent = "";
    sheet.classList.remove("small");
    empty.forEach((child) => sheet.append(child));
    if (title) { document.title = title; title = ""; }
  }

  // The title stands on paper in some browsers: a dull one while it prints.
  function before() { fill(); title = document.title; document.title = say("paper-name"); }
  function after() { const kept = rows.cloneNode(true); clear(); if (!find('[data-view="paper"]').hidden) rows.append(...kept.childNodes); }
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  root.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });

  return {
    render: (shown) => { find("[data-to-paper]").hidden = !shown || session.isEmpty(); },
    enter: { paper: enter },
    leave: (view) => { if (view !== "paper") clear(); },
    clear,
  };
}
