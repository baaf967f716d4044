/* The pocket plan: one screen to look at, and one with large buttons to use. A number or a message stands in a link only from the tap that
   asks for it until the view is left; nothing is sent by us, and what the phone's own messages keep is said before. */

import * as session from "./session.js";
import { lines } from "./order.js";

export function pocketPlan({ root, find, all, say }) {
  const choice = find("[data-line]"), go = find("[data-reach-go]");
  if (!choice) return {};
  const card = (field) => (session.get(`card:${field}`) || "").trim();
  const number = () => card("number").replace(/[^\d+*#]/g, "");
  const lineId = () => { const kept = card("line"); return find(`[data-line-card="${CSS.escape(kept)}"]`) ? kept : choice.options[0].value; };

  function message() {
    const text = card("message") || say("message"), word = card("word");
    return word && !text.includes(word) ? say("with-word", { word, message: text }) : text;
  }

  function put(key, text) {
    const row = find(`[data-pocket-row="${key}"]`);
    row.hidden = !text;
    row.querySelector("dd").textContent = text;
  }

  function pocket() {
    const first = lines(root)[0];
    put("who", [card("who"), card("number")].filter(Boolean).join(" · "));
    put("where", card("where"));
    put("word", card("word"));
    put("next", card("next") || (first ? first.text : ""));
    put("line", choice.querySelector(`option[value="${CSS.escape(lineId())}"]`).textContent);
    find("[data-pocket-empty]").hidden = ["who", "number", "where", "word", "next"].some(card);
  }

  function now() {
    const who = card("who"), reachable = number().length >= 3;
    find("[data-reach-who]").textContent = who ? say("call", { who }) : find("[data-reach-who]").dataset.plain;
    find("[data-now-word]").textContent = card("word");
    find("[data-now-person]").hidden = !reachable;
    find("[data-now-nobody]").hidden = reachable;
    find('[data-reach="share"]').hidden = typeof navigator.share !== "function";
    all("[data-line-card]").forEach((block) => { block.hidden = block.dataset.lineCard !== lineId(); });
  }

  function leave() {
    find("[data-before-reach]").hidden = true;
    find("[data-before-words]").textContent = "";
    go.removeAttribute("href");
    go.dataset.way = "";
  }

  function reach(way) {
    find("[data-before-reach]").hidden = false;
    all("[data-before]").forEach((line) => { line.hidden = line.dataset.before !== way; });
    find("[data-before-words]").textContent = way === "call" ? card("number") : message();
    go.dataset.way = way;
    // "?&body=" is the one form that both iPhone and Android read.
    if (way === "call") go.href = `tel:${number()}`;
    else if (way === "text") go.href = `sms:${number()}?&body=${encodeURIComponent(message())}`;
    else go.href = "#page";
    go.scrollIntoView({ block: "center" });
    go.focus();
  }

  find("[data-reach-who]").dataset.plain = find("[data-reach-who]").textContent;
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reach]");
    if (button) reach(button.dataset.reach);
    if (event.target.closest("[data-reach-go]") && go.dataset.way === "share") {
      event.preventDefault();
      navigator.share({ text: message() }).catch(() => {});
    }
  });
  choice.addEventListener("change", () => session.set("card:line", choice.value));

  return {
    render: (shown) => { if (shown) choice.value = lineId(); },
    enter: { pocket, now },
    leave: (view) => { if (view !== "now") { leave(); find("[data-now-word]").textContent = ""; } },
    clear: () => {
      leave();
      all("[data-pocket]").forEach((place) => { place.textContent = ""; });
      find("[data-now-word]").textContent = "";
      find("[data-reach-who]").textContent = find("[data-reach-who]").dataset.plain;
      choice.value = choice.options[0].value;
    },
  };
}
