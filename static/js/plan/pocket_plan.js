/* The pocket plan: one screen to look at, and one with large buttons to use. A number or a message stands in a link only from the tap that
   asks for it until the view is left; nothing is sent by us, and what the phone's own messages keep is said before. */

import { queries, tapped } from "./dom.js";
import { lines } from "./order.js";
import * as session from "./session.js";

/** A field of the pocket plan. @param {string} name */
const card = (name) => session.words(`card:${name}`).trim();
/** The number as a phone dials it. */
const number = () => card("number").replace(/[^\d+*#]/g, "");

/** Where a tap leads. "?&body=" is the one form that both iPhone and Android read. @param {string} way @param {string} message */
function addressFor(way, message) {
  if (way === "call") return `tel:${number()}`;
  return way === "text" ? `sms:${number()}?&body=${encodeURIComponent(message)}` : "#page";
}

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function pocketPlan({ root, find, maybe, all, field, say }) {
  if (!maybe("[data-line]")) return {};
  const choice = /** @type {HTMLSelectElement} */ (/** @type {unknown} */ (field("[data-line]")));
  const go = /** @type {HTMLAnchorElement} */ (find("[data-reach-go]")), who = find("[data-reach-who]"), plain = who.textContent || "";
  const options = Array.from(choice.options), values = options.map((option) => option.value);
  const lineId = () => (values.includes(card("line")) ? card("line") : values[0]);

  function message() {
    const text = card("message") || say("message"), word = card("word");
    return word && !text.includes(word) ? say("with-word", { word, message: text }) : text;
  }

  /** @param {string} key @param {string} text */
  function put(key, text) {
    const row = find(`[data-pocket-row="${key}"]`);
    row.hidden = !text;
    queries(row).find("dd").textContent = text;
  }

  function showPocket() {
    const first = lines(root)[0];
    put("who", [card("who"), card("number")].filter(Boolean).join(" · "));
    put("where", card("where"));
    put("word", card("word"));
    put("next", card("next") || (first ? first.text : ""));
    put("line", options[values.indexOf(lineId())].textContent || "");
    find("[data-pocket-empty]").hidden = ["who", "number", "where", "word", "next"].some(card);
  }

  function showNow() {
    const isReachable = number().length >= 3;
    who.textContent = card("who") ? say("call", { who: card("who") }) : plain;
    find("[data-now-word]").textContent = card("word");
    find("[data-now-person]").hidden = !isReachable;
    find("[data-now-nobody]").hidden = isReachable;
    find('[data-reach="share"]').hidden = typeof navigator.share !== "function";
    all("[data-line-card]").forEach((block) => { block.hidden = block.dataset.lineCard !== lineId(); });
  }

  function unlink() {
    find("[data-before-reach]").hidden = true;
    find("[data-before-words]").textContent = "";
    go.removeAttribute("href");
    go.dataset.way = "";
  }

  /** @param {string} way "call", "text" or "share" */
  function reach(way) {
    find("[data-before-reach]").hidden = false;
    all("[data-before]").forEach((line) => { line.hidden = line.dataset.before !== way; });
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
    render: (shown) => { if (shown) choice.value = lineId(); },
    enter: { pocket: showPocket, now: showNow },
    leave: (view) => {
      if (view === "now") return;
      unlink();
      find("[data-now-word]").textContent = "";
    },
    clear: () => {
      unlink();
      all("[data-pocket]").forEach((place) => { place.textContent = ""; });
      find("[data-now-word]").textContent = "";
      who.textContent = plain;
      choice.value = values[0];
    },
  };
}
