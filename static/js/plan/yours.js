/* Yours: what is on the list, and what it is for: a person to call with the message ready, the code word, a line.
   An opened list opens here.

   A number or a message stands in a link only from the tap that asks for it until the view is left; nothing is
   sent by us, and what the phone's own messages keep is said before. */

import { element, queries, refill, tapped } from "./dom.js";
import { lines } from "./order.js";
import * as session from "./session.js";

/** A field of the pocket plan. @param {string} name */
const card = (name) => session.words(`card:${name}`).trim();
/** The number as a phone dials it. */
const number = () => card("number").replace(/[^\d+*#]/g, "");

/**
 * Where a tap leads. "?&body=" is the one form that both iPhone and Android read.
 * @param {string} way
 * @param {string} message
 */
function addressFor(way, message) {
  if (way === "call") return `tel:${number()}`;
  return way === "text" ? `sms:${number()}?&body=${encodeURIComponent(message)}` : "#page";
}

/**
 * What stands on the list in so many words: ready choices, own lines, and the fields of the pocket plan.
 * @param {HTMLElement} root
 */
const countOf = (root) =>
  lines(root).length + ["who", "number", "where", "word", "next", "message"].filter(card).length;

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function yours(page) {
  const { root, find, maybe, all, field, say } = page;
  if (!maybe("[data-yours]")) return {};
  const choice = /** @type {HTMLSelectElement} */ (/** @type {unknown} */ (field("[data-line]")));
  const go = /** @type {HTMLAnchorElement} */ (find("[data-reach-go]")),
    who = find("[data-reach-who]"),
    plain = who.textContent || "";
  const values = Array.from(choice.options, (option) => option.value),
    title = find("[data-yours-title]"),
    plainTitle = title.textContent || "";
  const lineId = () => (values.includes(card("line")) ? card("line") : values[0]);

  function message() {
    const text = card("message") || say("message"),
      word = card("word");
    return word && !text.includes(word) ? say("with-word", { word, message: text }) : text;
  }

  function counted() {
    const n = countOf(root);
    return say(n === 1 ? "yours-one" : "yours", { n });
  }

  function showYours() {
    const isReachable = number().length >= 3,
      there = lines(root);
    title.textContent = counted();
    who.textContent = card("who") ? say("call", { who: card("who") }) : plain;
    find("[data-yours-person]").hidden = !isReachable;
    find('[data-reach="share"]').hidden = typeof navigator.share !== "function";
    ["who", "where", "word", "next"].forEach((name) => {
      const row = find(`[data-yours-row="${name}"]`);
      row.hidden = !card(name) || (name === "who" && isReachable);
      queries(row).find("dd").textContent = row.hidden ? "" : card(name);
    });
    find("[data-yours-note]").hidden = all("[data-yours-row]").every((row) => row.hidden);
    refill(
      find("[data-yours-list]"),
      there.map(({ text }) => element("li", text, "card")),
    );
    find("[data-yours-empty]").hidden = countOf(root) > 0;
    all("[data-line-card]").forEach((block) => {
      block.hidden = block.dataset.lineCard !== lineId();
    });
  }

  function unlink() {
    find("[data-before-reach]").hidden = true;
    find("[data-before-words]").textContent = "";
    go.removeAttribute("href");
    go.dataset.way = "";
  }

  function clear() {
    unlink();
    title.textContent = plainTitle;
    who.textContent = plain;
    find("[data-yours-list]").textContent = "";
    all("[data-yours-row] dd").forEach((place) => {
      place.textContent = "";
    });
  }

  /** @param {string} way "call", "text" or "share" */
  function reach(way) {
    find("[data-before-reach]").hidden = false;
    all("[data-before]").forEach((line) => {
      line.hidden = line.dataset.before !== way;
    });
    find("[data-before-words]").textContent = way === "call" ? card("number") : message();
    go.dataset.way = way;
    go.href = addressFor(way, message());
    go.scrollIntoView({ block: "center" });
    go.focus();
  }

  root.addEventListener("click", (event) => {
    const button = tapped(event, "data-reach");
    if (button) reach(button.dataset.reach || "");
    if (!tapped(event, "data-reach-go") || go.dataset.way !== "share") return;
    event.preventDefault();
    navigator.share({ text: message() }).catch(() => {});
  });
  choice.addEventListener("change", () => session.set("card:line", choice.value));

  return {
    render: (shown) => {
      const note = find("[data-note]");
      note.hidden = !shown || session.isEmpty();
      find("[data-note-count]").textContent = note.hidden ? "" : counted();
      if (!shown) return;
      choice.value = lineId();
      if (page.view === "yours") showYours();
    },
    enter: { yours: showYours },
    leave: (view) => {
      if (view !== "yours") clear();
    },
    clear: () => {
      clear();
      choice.value = values[0];
    },
  };
}
