/* Starts the controller of each part of a page, and stops it when the part goes.

   In a page:  <section data-controller="plan/plan.js">…</section> The script: export function start(element) { …;
   return function stop() { … }; }   (stop is optional; start may be async)
   Here:       one line in CONTROLLERS.

   Loaded with every page. When a page is swapped in (navigation.js), the old controllers are stopped and the new
   ones started, so that a script never outlives what it worked on. Danger: a controller that keeps words in memory
   must drop them in stop(), and on "app:leave". */

import { start as ask } from "./ask/ask.js";
import { start as forget } from "./forget.js";
import { start as listen } from "./listen.js";
import { loadScript } from "./loading.js";
import { start as book } from "./offline/book.js";
import { start as install } from "./offline/install.js";
import { start as maker } from "./outreach/maker.js";
import { start as today } from "./today.js";

/** @typedef {() => void} Stop */
/** @typedef {(element: HTMLElement) => Stop | null | void | Promise<Stop | null | void>} Start */
/** @type {Record<string, Start>} */
const CONTROLLERS = {
  "ask/ask.js": ask,
  "forget.js": forget,
  "listen.js": listen,
  "offline/book.js": book,
  "offline/install.js": install,
  "outreach/maker.js": maker,
  "today.js": today,
};

/** Those whose script is fetched when a page has their part. @type {Record<string, () => Promise<Start>>} */
const FETCHED = {
  "outreach/find.js": async () => (await loadScript("deferred")).find,
  "outreach/link.js": async () => (await loadScript("deferred")).link,
  "near/found.js": async () => (await loadScript("deferred")).found,
  "near/narrow.js": async () => (await loadScript("deferred")).narrow,
  "outreach/print.js": async () => (await loadScript("deferred")).print,
  "tool.js": async () => (await loadScript("deferred")).tool,
  "plan/plan.js": async () => (await loadScript("plan")).start,
};

/** Element with a running controller -> its stop(), or null. @type {Map<HTMLElement, Stop | null>} */
const stops = new Map();
/** Element whose controller has not come -> what fetches it. @type {Map<HTMLElement, () => Promise<Start>>} */
const waiting = new Map();
/** Element whose controller is being fetched -> whether it was asked for again meanwhile.
    @type {Map<HTMLElement, boolean>} */
const trying = new Map();
/** What says that controllers have not come, while it is shown. @type {HTMLElement | null} */
let notice = null;

/** @param {HTMLElement} element @param {Stop | null | void} stop */
function keepStop(element, stop) {
  if (element.isConnected) stops.set(element, stop || null);
  else if (stop) stop();
}

/** Start a controller that is waited for. A start that fails must leave nothing running: it is called again. @param
    {HTMLElement} element */
async function tryToStart(element) {
  const fetch = waiting.get(element);
  if (!fetch || trying.has(element)) return;
  trying.set(element, false);
  try {
    const start = await fetch();
    if (element.isConnected) keepStop(element, await start(element));
    waiting.delete(element);
    element.removeEventListener("click", tapped, true);
    pressAgain(element);
  } catch (error) {
    takeTap(element); // pressed much later, it would surprise; the notice says what to do
    showNotice();
  }
  const again = trying.get(element);
  trying.delete(element);
  if (notice && !waiting.size) notice.remove();
  if (again) tryToStart(element); // does nothing when it has come
}

/** Fetch what has not come. What is being fetched is fetched once more if that fails: the signal may have come back
    between its failing and our hearing of it. */
function tryAll() {
  waiting.forEach((_, element) => {
    if (trying.has(element)) trying.set(element, true);
    else tryToStart(element);
  });
}

/** The button of a controller that was tapped before its script was there; its mark goes. @param {HTMLElement} element */
function takeTap(element) {
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-tapped]"));
  if (!button || button.closest("[data-controller]") !== element) return null;
  button.removeAttribute("data-tapped");
  return button;
}

/** Do what a tap asked for before the script was there: once, and only while its button is still in sight. @param
    {HTMLElement} element */
function pressAgain(element) {
  const button = takeTap(element);
  if (button && button.getClientRects().length) button.click();
}

/* A button never does nothing: until its script is there, a tap on it says so, and the last one is kept (exit.js
   forgets it when the reader goes on). What did not arrive is asked for again at each tap, and when the signal comes
   back. */
/** @param {Event} event */
function tapped(event) {
  const button = /** @type {Element} */ (event.target).closest("button, [data-again]");
  if (!button) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // a controller that is half started must not do now what is done again later
  document.querySelectorAll("[data-tapped]").forEach((one) => one.removeAttribute("data-tapped"));
  if (!button.hasAttribute("data-again")) button.setAttribute("data-tapped", "");
  showNotice();
  tryAll();
}

/** Say that controllers have not come: in the notice that the first of their elements holds, or in one before it. */
function showNotice() {
  const element = Array.from(waiting.keys()).find((one) => one.isConnected);
  if (!element || (notice && notice.isConnected)) return;
  notice = element.querySelector(".not-loaded");
  if (!notice) {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("not-loaded"));
    notice = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
    element.before(notice);
    notice.addEventListener("click", tapped);
  }
  notice.style.animation = "none"; // a list's own notice waits before it shows (plan.css)
}

/** @param {ParentNode} root */
function startAll(root) {
  root.querySelectorAll("[data-controller]").forEach(async (found) => {
    const element = /** @type {HTMLElement} */ (found);
    if (stops.has(element)) return;
    stops.set(element, null);
    const name = element.dataset.controller || "";
    if (!FETCHED[name]) {
      keepStop(element, await CONTROLLERS[name](element));
      pressAgain(element);
      return;
    }
    waiting.set(element, FETCHED[name]);
    element.addEventListener("click", tapped, true);
    tryToStart(element);
  });
}

function stopGone() {
  stops.forEach((stop, element) => {
    if (element.isConnected) return;
    stops.delete(element);
    waiting.delete(element);
    if (stop) stop();
  });
}

/** Call after the page's content changed. */
export function refresh() {
  stopGone();
  startAll(document);
}

addEventListener("online", tryAll);
refresh();
document.dispatchEvent(new Event("app:started"));
