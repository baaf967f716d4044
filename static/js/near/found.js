/* Under the field of Ask: the pages of Near that the words name ("food near fresno", "clinica en clovis").

   Dangers first. What is typed is read from the field and kept nowhere: no request holds it. The one request is for the
   counties, towns and kinds, the same bytes for everyone, on the first touch of the field; the words are compared on
   the phone. What is shown goes when the field is emptied, on "app:leave" and when the page goes. */

import { loadData } from "../loading.js";
import { plain } from "../plain.js";

/**
 * What the server sends (youthapp/near/__init__.py, words).
 *
 * @typedef {{digit: number, name: string, words: string[]}} Kind
 * @typedef {{id: string, names: string[], kinds: number[], towns: [name: string, id?: string, kinds?: number[]][]}}
 *   County
 * @typedef {{near: string[], county: string[], kinds: Kind[], counties: County[]}} Words
 * @typedef {{path: string, kind: string, where: string}} Found the path under Near
 */

const MOST = 4;

/** Whether a plain text has one of some phrases as whole words. @param {string} text @param {string[]} phrases */
function has(text, phrases) {
  return phrases.some((phrase) => text.includes(plain(phrase)));
}

/** The pages of Near that a question names, the surest first. A name of a county alone ("lake", "orange") is not enough:
    a kind, or the word county, must be beside it. @param {string} question @param {Words} words @returns {Found[]} */
export function pagesFor(question, words) {
  const text = plain(question);
  const kinds = words.kinds.filter((kind) => has(text, kind.words));
  /** @type {Found[]} */
  const found = [];
  words.counties.forEach((county) => {
    const town = county.towns.find(([name]) => has(text, [name]));
    if (!town && !has(text, county.names)) return;
    const where = town && town[0] !== county.names[0] ? `${town[0]}, ${county.names[0]}` : county.names[0];
    kinds.forEach((kind) => {
      if (town && town[2] && town[2].includes(kind.digit)) {
        found.push({ path: `/${county.id}/in/${town[1]}/${kind.digit}`, kind: kind.name, where });
      } else if (county.kinds.includes(kind.digit)) {
        found.push({ path: `/${county.id}/${kind.digit}`, kind: kind.name, where: county.names[0] });
      }
    });
    if (!kinds.length && has(text, words.county)) found.push({ path: `/${county.id}`, kind: "", where });
  });
  if (!found.length && has(text, words.near)) {
    kinds.forEach((kind) => found.push({ path: `/k/${kind.digit}`, kind: kind.name, where: "" }));
  }
  return found.slice(0, MOST);
}

/** Start the controller. @param {HTMLElement} root @returns {() => void} */
export function start(root) {
  const section = /** @type {HTMLElement} */ (root.closest("section"));
  const { index = "", nearAt = "" } = root.dataset;
  const template = (/** @type {string} */ name) => /** @type {HTMLTemplateElement} */ (root.querySelector(name));
  /** @type {HTMLElement | null} */
  let box = null;
  /** @type {Promise<Words> | null} */
  let words = null;

  function load() {
    if (!words) {
      words = loadData(index);
      words.catch(() => { words = null; }); // the next touch tries again
    }
    return words;
  }

  function clear() {
    if (box) box.remove();
    box = null;
  }

  /** @param {Found[]} found */
  function show(found) {
    clear();
    const answers = section.querySelector("[data-answers]");
    if (!found.length || !answers) return;
    const copy = document.importNode(template("[data-found]").content, true);
    const ways = /** @type {HTMLElement} */ (copy.querySelector(".ways"));
    found.forEach(({ path, kind, where }) => {
      const way = document.importNode(template("[data-place-way]").content, true);
      /** @type {HTMLAnchorElement} */ (way.querySelector("a")).href = nearAt + path;
      const label = [kind, where].filter(Boolean).join(": ");
      /** @type {HTMLElement} */ (way.querySelector("span")).textContent = label;
      ways.append(way);
    });
    box = /** @type {HTMLElement} */ (copy.firstElementChild);
    answers.before(box);
  }

  /** @param {Event} event */
  function typed(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (!field.matches("[data-ask]")) return;
    if (!field.value.trim()) { clear(); return; }
    load().then((told) => { if (field.isConnected) show(pagesFor(field.value, told)); }).catch(clear);
  }

  /** @param {Event} event */
  function touched(event) {
    if (/** @type {Element} */ (event.target).matches("[data-ask]")) load().catch(() => {});
  }

  function emptied() {
    setTimeout(() => {
      const field = /** @type {HTMLInputElement | null} */ (section.querySelector("[data-ask]"));
      if (!field || !field.value.trim()) clear();
    }, 0);
  }

  section.addEventListener("focusin", touched);
  section.addEventListener("input", typed);
  section.addEventListener("click", emptied);
  document.addEventListener("app:leave", clear);
  window.addEventListener("pagehide", clear);
  return () => {
    section.removeEventListener("focusin", touched);
    section.removeEventListener("input", typed);
    section.removeEventListener("click", emptied);
    document.removeEventListener("app:leave", clear);
    window.removeEventListener("pagehide", clear);
    clear();
  };
}
