/* The list on one sheet that a stranger reads as any list. The sheet is filled for the printer and emptied after. */

import { element, queries, refill, tapped } from "./dom.js";
import { lines } from "./order.js";
import * as session from "./session.js";

/** Lines that fit one sheet. */
const MOST = 40;
/** Sections whose lines say more than errands do: they start unticked, and the youth decides. */
const SAY_MORE = [
  "plan-staying", "plan-leaving", "plan-back", "plan-after", "plan-moved", "plan-online", "plan-body", "plan-tonight", "plan-phone",
];
const POCKET = ["who", "number", "where", "word", "next"];

/** A line that can be ticked. @param {{text: string, section: string}} line */
function rowOf({ text, section }) {
  const row = element("li"), label = element("label", "", "chip pick"), tick = document.createElement("input");
  tick.type = "checkbox";
  tick.autocomplete = "off";
  tick.checked = !SAY_MORE.includes(section);
  label.append(tick, element("span", text));
  row.append(label);
  return row;
}

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function paper({ root, find, maybe, field, say }) {
  const rows = maybe("[data-paper-rows]");
  if (!rows) return {};
  const sheet = queries(document).find("[data-paper]"), blank = Array.from(sheet.childNodes);
  let title = "";

  function enter() {
    const pocket = POCKET.map((name) => ({ text: session.words(`card:${name}`), section: "card" })).filter(({ text }) => text);
    refill(find("[data-paper-rows]"), pocket.concat(lines(root)).map(rowOf));
  }

  function fill() {
    const chosen = queries(find("[data-paper-rows]")).all("label").filter((label) => queries(label).field("input").checked);
    if (!chosen.length) return;
    find("[data-paper-many]").hidden = chosen.length <= MOST;
    const note = element("div"), list = element("ul");
    list.append(...chosen.slice(0, MOST).map((label) => element("li", label.textContent || "")));
    note.append(element("h2", say("paper-name")), list);
    sheet.classList.toggle("small", field("[data-small]").checked);
    refill(sheet, [note]);
  }

  function empty() {
    sheet.classList.remove("small");
    refill(sheet, blank);
    if (title) { document.title = title; title = ""; }
  }

  function clear() {
    find("[data-paper-rows]").textContent = "";
    empty();
  }

  // The title stands on paper in some browsers: a dull one while it prints.
  function before() { fill(); title = document.title; document.title = say("paper-name"); }
  addEventListener("beforeprint", before);
  addEventListener("afterprint", empty);
  root.addEventListener("click", (event) => { if (tapped(event, "data-print")) window.print(); });

  return {
    render: (shown) => { find("[data-to-paper]").hidden = !shown || session.isEmpty(); },
    enter: { paper: enter },
    leave: (view) => { if (view !== "paper") clear(); },
    clear,
    stop: () => { removeEventListener("beforeprint", before); removeEventListener("afterprint", empty); },
  };
}
