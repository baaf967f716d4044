/* Ask in your own words: the field on home and on the Ask page, and the list of answers under it (answers.js).

   Dangers first. What is typed is in the field and nowhere else: no request holds it, nothing is stored, the address
   does not change, and it is dropped when the page goes (stop, "app:leave", pagehide). The only requests are for the
   index and its sentences, the same bytes for everyone, on the first touch of the field and not before; they must never
   depend on what is typed. A question in our other language is offered a tap; the tap is the same move as the header's
   link to that language, and only then its index is fetched. The question goes with it in this module's memory, for
   that one move. */

import { loadData, loadMiniSearch, loadScript } from "../loading.js";
import { markOn } from "../mark.js";

/** @typedef {import("./search.js").Search} Search */
/** @typedef {ReturnType<typeof import("./answers.js").answerList>} AnswerList */
/** @typedef {{search: Search, answerList: typeof import("./answers.js").answerList}} Finder */

/** Milliseconds after the last letter until a screen reader hears how many answers there are. */
const ANNOUNCE_AFTER = 900;

/** Address of the index -> what finds in it and draws the answers, for as long as the tab lives. @type {Map<string,
    Promise<Finder>>} */
const finders = new Map();

/** The question that a tap takes to the other language's page. */
let carried = "";

const breathe = () => new Promise((done) => { setTimeout(done, 0); });

/** @param {string} address of the index @param {string} sentences address of its sentences @returns
    {Promise<Finder>} */
async function load(address, sentences) {
  const [index, said, finder, MiniSearch] = await Promise.all([
    loadData(address), loadData(sentences), loadScript("finder"), loadMiniSearch(),
  ]);
  return { search: await finder.open(index, said, MiniSearch, breathe), answerList: finder.answerList };
}

/** @param {string} address @param {string} sentences */
function finderOf(address, sentences) {
  let finder = finders.get(address);
  if (!finder) {
    finder = load(address, sentences);
    finder.catch(() => finders.delete(address)); // the next touch tries again: the network may be back
    finders.set(address, finder);
  }
  return finder;
}

/** Start the controller. Returns stop(), which forgets what was typed. @param {HTMLElement} section */
export function start(section) {
  const pick = (/** @type {string} */ name) => /** @type {HTMLElement} */ (section.querySelector(`[data-${name}]`));
  const copyOf = (/** @type {string} */ name) => {
    const template = /** @type {HTMLTemplateElement} */ (pick(name));
    return document.importNode(template.content, true);
  };

  // What stands there without script is a link to the A to Z.
  /** @type {HTMLElement} */ (section.querySelector(".asking")).replaceWith(copyOf("field"));
  const field = /** @type {HTMLInputElement} */ (pick("ask"));
  const answers = pick("answers");
  const empty = pick("empty");
  const status = /** @type {HTMLElement} */ (section.querySelector("[role=status]"));
  const { index = "", sentences = "", none = "", one = "", many = "" } = section.dataset;
  const finderHere = () => finderOf(index, sentences);
  /** @type {AnswerList | null} */
  let list = null;
  let drawing = 0;
  let announcing = 0;

  /** @param {boolean} shown */
  function showAnswers(shown) {
    answers.hidden = !shown;
    empty.hidden = !shown;
  }

  /** @param {number} count */
  function announce(count) {
    clearTimeout(announcing);
    announcing = window.setTimeout(() => {
      const words = count === 0 ? none : count === 1 ? one : many.replace("{count}", String(count));
      if (status.textContent !== words) status.textContent = words;
    }, ANNOUNCE_AFTER);
  }

  function clear() {
    clearTimeout(announcing);
    cancelAnimationFrame(drawing);
    if (list) list.clear();
    status.textContent = "";
    showAnswers(false);
  }

  /** @param {Finder} finder @param {import("./search.js").Danger | null} hurt of a "yes, someone is hurt" */
  function draw({ search, answerList }, hurt = null) {
    if (!field.value.trim()) { clear(); return; }
    if (!list) list = answerList(section, answers, taps);
    const answer = hurt ? search.askHurt(hurt, field.value) : search.ask(field.value);
    const count = list.show(answer, search);
    showAnswers(true);
    announce(count);
  }

  const taps = {
    /** @param {string} question */
    ask(question) {
      field.value = question;
      typed();
      section.scrollIntoView({ block: "start" });
    },
    /** @param {import("./search.js").Danger | null} danger */
    hurt(danger) {
      if (danger) finderHere().then((finder) => draw(finder, danger)).catch(showFailed);
      else field.focus();
    },
    /** @param {string} tag */
    language(tag) {
      const link = /** @type {HTMLElement | null} */ (document.querySelector(`a.lang[lang="${tag}"]`));
      carried = field.value;
      if (link) link.click();
    },
    // From here and not from answers.js: the frame marks too, and a script that both bundles share would be one more
    // request of every first visit.
    open: markOn,
  };

  function showFailed() {
    if (!field.value.trim()) return;
    list = null;
    answers.textContent = "";
    answers.append(copyOf("failed"), copyOf("after"));
    showAnswers(true);
  }

  function typed() {
    if (!field.value.trim()) { clear(); return; }
    finderHere().then((finder) => {
      cancelAnimationFrame(drawing);
      drawing = requestAnimationFrame(() => draw(finder));
    }).catch(showFailed);
  }

  function forget() {
    field.value = "";
    clear();
  }

  function focused() {
    finderHere().catch(() => {});
    // Beside a keyboard there is room for little more than the field and its first answer.
    document.documentElement.classList.add("asking-now");
    section.scrollIntoView({ block: "start" });
  }

  field.addEventListener("focus", focused);
  field.addEventListener("input", typed);
  empty.addEventListener("click", () => { forget(); field.focus(); });
  document.addEventListener("app:leave", forget);
  window.addEventListener("pagehide", forget);
  if (carried) {
    field.value = carried;
    carried = "";
    typed();
  }

  return function stop() {
    document.documentElement.classList.remove("asking-now");
    document.removeEventListener("app:leave", forget);
    window.removeEventListener("pagehide", forget);
    forget();
  };
}
