/* The list on one sheet that a stranger reads as any list. The sheet is filled for the printer and emptied after. */

import { element, queries, refill, tapped, targetOf } from "./dom.js";
import { lines } from "./order.js";
import * as session from "./session.js";

/** Lines that fit one sheet. */
const MOST = 40;
const POCKET = ["who", "number", "where", "word", "next"];

/**
 * A line that can be ticked. Nothing is ticked before its reader does: some lines say more than errands do.
 * @param {string} text
 */
function rowOf(text) {
  const row = element("li"),
    label = element("label", "", "chip pick"),
    tick = document.createElement("input");
  tick.type = "checkbox";
  tick.autocomplete = "off";
  label.append(tick, element("span", text));
  row.append(label);
  return row;
}

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function paper({ root, find, maybe, field, say }) {
  if (!maybe("[data-paper-rows]")) return {};
  const rows = find("[data-paper-rows]"),
    sheet = queries(document).find("[data-paper]"),
    form = Array.from(sheet.childNodes);
  const ticks = () => /** @type {HTMLInputElement[]} */ (queries(rows).all("input"));
  let title = "";

  function enter() {
    const pocket = POCKET.map((name) => session.words(`card:${name}`)).filter(Boolean);
    refill(rows, pocket.concat(lines(root).map(({ text }) => text)).map(rowOf));
    field("[data-paper-all]").checked = false;
    count();
  }

  function count() {
    const chosen = ticks().filter((tick) => tick.checked).length;
    field("[data-print]").disabled = !chosen;
    find("[data-paper-many]").hidden = chosen <= MOST;
    return chosen;
  }

  /**
   * What goes on paper: the ticked lines, or that there are none. The form to fill in is for browsers without script.
   */
  function fill() {
    const chosen = ticks()
      .filter((tick) => tick.checked)
      .map((tick) => /** @type {HTMLElement} */ (tick.closest("label")).textContent || "");
    const note = element("div"),
      list = element("ul");
    list.append(...chosen.slice(0, MOST).map((text) => element("li", text)));
    note.append(element("h2", say("paper-name")), chosen.length ? list : element("p", say("paper-none")));
    sheet.classList.toggle("small", field("[data-small]").checked);
    refill(sheet, [note]);
  }

  function empty() {
    sheet.classList.remove("small");
    refill(sheet, form);
    if (title) {
      document.title = title;
      title = "";
    }
  }

  function clear() {
    rows.textContent = "";
    empty();
  }

  // The title stands on paper in some browsers: a dull one while it prints.
  function before() {
    fill();
    title = document.title;
    document.title = say("paper-name");
  }
  addEventListener("beforeprint", before);
  addEventListener("afterprint", empty);
  root.addEventListener("click", (event) => {
    if (tapped(event, "data-print")) window.print();
  });
  root.addEventListener("change", (event) => {
    const all = targetOf(event);
    if (all.matches("[data-paper-all]"))
      ticks().forEach((tick) => {
        tick.checked = all.checked;
      });
    if (rows.childNodes.length) count();
  });

  return {
    render: (shown) => {
      find("[data-to-paper]").hidden = !shown || session.isEmpty();
    },
    enter: { paper: enter },
    leave: (view) => {
      if (view !== "paper") clear();
    },
    clear,
    stop: () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", empty);
    },
  };
}
