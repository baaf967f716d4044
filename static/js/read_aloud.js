/* Reads the page aloud for Listen (listen.js): what is seen, in its order, buttons included; marks where it is. */

const PARTS = "h1,h2,h3,p,li,dt,dd,summary,label,a.go,a.tile,a.round,a.chip,a.on,button,.drawing";
const UNREAD = "[hidden],.source,.hear,[aria-hidden=true]";

/** Whether a part is folded in; a fold's own summary is not. @param {Element | null} part @returns {boolean} */
function isFolded(part) {
  const fold = part && part.closest("details");
  if (!part || !fold) return false;
  const summary = part.closest("summary");
  if (!fold.open && !(summary && summary.parentElement === fold)) return true;
  return isFolded(fold.parentElement);
}

/** @param {Element} part */
function isSeen(part) {
  return Boolean(part.getClientRects().length) && !part.closest(UNREAD) && !isFolded(part);
}

/** The words of a part that no smaller part reads, in their order; of a drawing, what it shows. @param {Element} part */
function wordsOf(part) {
  if (part.matches(".drawing")) return part.getAttribute("aria-label") || "";
  const words = [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = /** @type {Element} */ (node.parentElement);
    if (parent.closest(PARTS) === part && isSeen(parent)) words.push(node.nodeValue || "");
  }
  return words.join(" ").replace(/\s+/g, " ").trim();
}

/** What is read, in the order of the page: each visible text once, by its innermost part. @param {Element} root
    @returns {{part: Element, text: string}[]} */
function textsOf(root) {
  const found = Array.from(root.querySelectorAll(PARTS)).filter(isSeen);
  return found.map((part) => ({ part, text: wordsOf(part) })).filter(({ text }) => /[^\s.,:;+–-]/.test(text));
}

/** Whether a part is still to be read by a reader who has come this far down. @param {Element} part */
function isAhead(part) {
  return part.getBoundingClientRect().bottom > 0;
}

/** Read the page with a voice, from the panel that the reader sees: what was scrolled past is not read again. The part
    that is being read has the class "read-now". @param {SpeechSynthesisVoice} voice @param {() => void} done called
    after the last part @param {Element | null} only a part of the page, such as a step with its drawing, to read alone
    and whole */
export function readAloud(voice, done, only = null) {
  const all = textsOf(only || /** @type {HTMLElement} */ (document.getElementById("page")));
  const ahead = all.findIndex(({ part }) => isAhead(part));
  const texts = only ? all : all.slice(Math.max(ahead, 0));
  texts.forEach(({ part, text }, index) => {
    const utterance = new window.SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onstart = () => mark(part);
    if (index === texts.length - 1) utterance.onend = done;
    window.speechSynthesis.speak(utterance);
  });
}

/** Mark the part that is being read, or none. @param {Element | null} part */
function mark(part) {
  document.querySelectorAll(".read-now").forEach((old) => old.classList.remove("read-now"));
  if (!part) return;
  part.classList.add("read-now");
  const { top, bottom } = part.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight - 80) part.scrollIntoView({ block: "center" });
}
