/* Ask in your own words: the field on home and on the Ask page, and the list of answers under it (answers.js).

   Dangers first. What is typed is in the field and nowhere else: no request holds it, nothing is stored, the address does not change, and it is
   dropped when the page goes (stop, "app:leave", pagehide). The one request is for the index, the same bytes for everyone, on the first touch of
   the field and not before; it must never depend on what is typed. */

import { loadData, loadMiniSearch, loadScript } from "../loading.js";

/** @typedef {import("./search.js").Search} Search */
/** @typedef {ReturnType<typeof import("./answers.js").answerList>} AnswerList */
/** @typedef {{search: Search, answerList: typeof import("./answers.js").answerList}} Finder */

/** Answers on the list: two screens of a small phone. */
const MOST_ANSWERS = 8;
/** Milliseconds after the last letter until a screen reader hears how many answers there are. */
const ANNOUNCE_AFTER = 900;

/** Address of the index -> what finds in it and draws the answers, for as long as the tab lives. @type {Map<string, Promise<Finder>>} */
const finders = new Map();

const breathe = () => new Promise((done) => { setTimeout(done, 0); });

/** @param {string} address @returns {Promise<Finder>} */
async function load(address) {
  const [index, { open, answerList }, MiniSearch] = await Promise.all([loadData(address), loadScript("finder"), loadMiniSearch()]);
  return { search: await open(index, MiniSearch, breathe), answerList };
}

/** @param {string} address */
function finderOf(address) {
  let finder = finders.get(address);
  if (!finder) {
    finder = load(address);
    finder.catch(() => finders.delete(address)); // the next touch tries again: the network may be back
    finders.set(address, finder);
  }
  return finder;
}

/** Start the controller. Returns stop(), which forgets what was typed. @param {HTMLElement} section */
export function start(section) {
  const pick = (/** @type {string} */ name) => /** @type {HTMLElement} */ (section.querySelector(`[data-${name}]`));
  const copyOf = (/** @type {string} */ name) => document.importNode(/** @type {HTMLTemplateElement} */ (pick(name)).content, true);

  // What stands there without script is a link to the A to Z.
  /** @type {HTMLElement} */ (section.querySelector(".asking")).replaceWith(copyOf("field"));
  const field = /** @type {HTMLInputElement} */ (pick("ask"));
  const answers = pick("answers");
  const empty = pick("empty");
  const status = /** @type {HTMLElement} */ (section.querySelector("[role=status]"));
  const { index = "", none = "", one = "", many = "" } = section.dataset;
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

  /** @param {Finder} finder */
  function draw({ search, answerList }) {
    if (!field.value.trim()) { clear(); return; }
    if (!list) list = answerList(section, answers);
    const { found, topics, danger } = search.ask(field.value);
    const shown = found.slice(0, MOST_ANSWERS);
    list.show(shown, topics, search.lines, { danger: danger !== null && !danger.fact, nothing: !shown.length });
    showAnswers(true);
    announce(shown.length);
  }

  function showFailed() {
    if (!field.value.trim()) return;
    list = null;
    answers.textContent = "";
    answers.append(copyOf("failed"), copyOf("after"));
    showAnswers(true);
  }

  function typed() {
    if (!field.value.trim()) { clear(); return; }
    finderOf(index).then((finder) => {
      cancelAnimationFrame(drawing);
      drawing = requestAnimationFrame(() => draw(finder));
    }).catch(showFailed);
  }

  function forget() {
    field.value = "";
    clear();
  }

  field.addEventListener("focus", () => { finderOf(index).catch(() => {}); });
  field.addEventListener("input", typed);
  empty.addEventListener("click", () => { forget(); field.focus(); });
  document.addEventListener("app:leave", forget);
  window.addEventListener("pagehide", forget);

  return function stop() {
    document.removeEventListener("app:leave", forget);
    window.removeEventListener("pagehide", forget);
    forget();
  };
}
