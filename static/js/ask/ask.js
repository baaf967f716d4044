/* Ask in your own words: the field on home and on the Ask page, and the list of answers under it (answers.js).

   Dangers first. What is typed is in the field and nowhere else: no request holds it, nothing is stored, the address does not change, and it is
   dropped when the page goes (stop, "app:leave", pagehide). The one request is for the index, the same bytes for everyone, on the first touch of
   the field and not before; it must never depend on what is typed. */

import { loadData, loadDeferred } from "../loading.js";
import { answerList, copyOf, pick } from "./answers.js";

/** @typedef {import("./search.js").Search} Search */

/** Answers on the list: two screens of a small phone. */
const MOST_ANSWERS = 8;
/** Milliseconds after the last letter until a screen reader hears how many answers there are. */
const ANNOUNCE_AFTER = 900;

/** Address of the index -> its search, for as long as the tab lives. @type {Map<string, Promise<Search>>} */
const searches = new Map();

const breathe = () => new Promise((done) => { setTimeout(done, 0); });

/** @param {string} address @returns {Promise<Search>} */
async function load(address) {
  const [index, deferred] = await Promise.all([loadData(address), loadDeferred()]);
  return deferred.openSearch(index, await deferred.loadMiniSearch(), breathe);
}

/** @param {string} address */
function searchOf(address) {
  let search = searches.get(address);
  if (!search) {
    search = load(address);
    search.catch(() => searches.delete(address)); // the next touch tries again: the network may be back
    searches.set(address, search);
  }
  return search;
}

/** The field in place of the link to the A to Z, and what it is used with. @param {HTMLElement} section */
function fieldIn(section) {
  const link = /** @type {HTMLElement} */ (section.querySelector(".asking"));
  link.replaceWith(copyOf(section, "field"));
  return {
    field: /** @type {HTMLInputElement} */ (pick(section, "ask")),
    empty: pick(section, "empty"),
    status: /** @type {HTMLElement} */ (section.querySelector("[role=status]")),
  };
}

/** Start the controller. Returns stop(), which forgets what was typed. @param {HTMLElement} section */
export function start(section) {
  const { field, empty, status } = fieldIn(section);
  const list = answerList(section, pick(section, "answers"));
  const { index = "", none = "", one = "", many = "" } = section.dataset;
  let drawing = 0;
  let announcing = 0;

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
    list.clear();
    status.textContent = "";
    empty.hidden = true;
  }

  /** @param {Search} search */
  function draw(search) {
    if (!field.value.trim()) { clear(); return; }
    const { found, topics, danger } = search.ask(field.value);
    const shown = found.slice(0, MOST_ANSWERS);
    list.show(shown, topics, search.lines, { danger: danger !== null && !danger.fact, nothing: !shown.length });
    empty.hidden = false;
    announce(shown.length);
  }

  function failed() {
    if (!field.value.trim()) return;
    list.show([], [], {}, { failed: true });
    empty.hidden = false;
  }

  function typed() {
    if (!field.value.trim()) { clear(); return; }
    searchOf(index).then((search) => {
      cancelAnimationFrame(drawing);
      drawing = requestAnimationFrame(() => draw(search));
    }).catch(failed);
  }

  function forget() {
    field.value = "";
    clear();
  }

  field.addEventListener("focus", () => { searchOf(index).catch(() => {}); });
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
