/* Moving between pages: a link inside the app swaps the parts of the page and leaves the address alone, so that a
   whole visit is one entry in the browser's history and one plain line on its list. htmx fetches the same whole page
   that the link shows without script, and swaps #page, the header, the footer and the bar out of it.

   Dangers first: history and its state are never touched (what is put there stays on the disk); where we are and
   where Back leads is kept in this module's memory and is gone with the page. The exit's own element is never
   swapped: a tap that began on it must end on it. Without htmx a link still leaves no entry (location.replace);
   without script it is a link. */

import { refresh } from "./controllers.js";
import { loadEverything, loadHtmx, loadScript } from "./loading.js";
import { markNow } from "./mark.js";
import { idIn, isOurs, releaseIn, withStep } from "./navigation_rules.js";

/** @typedef {{target: Element, text: string, response: {raw: Response}}} Swap what htmx is about to swap in */
/** @typedef {{href: string, y: number}} Step a page of this visit, and how far down it was read */

const FRAME = [".top", ".foot", ".bar"];
/** Where the own Back leads, oldest first. @type {Step[]} */
let steps = [];
let here = location.href;
/** Counts moves: an answer that comes after a later tap is dropped. */
let turn = 0;
let failed = false;
/** Address of the page that the current move has swapped in. @type {string | null} */
let fetched = null;

const covered = () => document.documentElement.classList.contains("covered");
const page = () => /** @type {HTMLElement} */ (document.getElementById("page"));
/** @param {string} id */
const templateOf = (id) => /** @type {HTMLTemplateElement} */ (document.getElementById(id));

/** @param {string} fragment */
function partOf(fragment) {
  return fragment ? document.getElementById(idIn(fragment)) : null;
}

/** @param {string} fragment @param {number} y */
function scrollDown(fragment, y) {
  const element = partOf(fragment);
  if (element) element.scrollIntoView();
  else window.scrollTo(0, y);
}

/** The release that a page is of. @param {ParentNode} root */
function releaseOf(root) {
  const script = root.querySelector("script[data-deferred]");
  return script ? releaseIn(script.getAttribute("src")) : "";
}

/** As after a full load: a screen reader starts at the heading, and the keyboard goes on from there. */
function focusHeading() {
  const heading = page().querySelector("h1") || page();
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Put a kind word on the page that is open, with the lines that need no internet, instead of the browser's error
    page. @param {string} href */
function showNoSignal(href) {
  const old = page().querySelector("[data-no-signal]");
  if (old) old.remove();
  const { firstElementChild } = document.importNode(templateOf("no-signal").content, true);
  const notice = /** @type {HTMLElement} */ (firstElementChild);
  /** @type {HTMLAnchorElement} */ (notice.querySelector("[data-again]")).href = href;
  page().prepend(notice);
  notice.focus();
  window.scrollTo(0, 0);
}

/** Change what htmx does not swap: styles that only the new page needs, its title and language, and the words of the
    exit and the skip link. @param {Document} whole the new page */
function syncHead(whole) {
  whole.querySelectorAll("style[data-style]").forEach((style) => {
    const name = style.getAttribute("data-style");
    if (!document.querySelector(`style[data-style="${name}"]`)) document.head.append(document.importNode(style, true));
  });
  const root = document.documentElement;
  root.lang = whole.documentElement.lang;
  root.dir = whole.documentElement.dir;
  document.title = whole.title;
  for (const name of ["a.exit", "a.skip"]) {
    const [kept, fresh] = [document, whole].map((root) => /** @type {HTMLAnchorElement} */ (root.querySelector(name)));
    kept.href = String(fresh.getAttribute("href"));
    if (fresh.dataset.quiet) kept.dataset.quiet = fresh.dataset.quiet;
    kept.textContent = "";
    kept.append(...document.importNode(fresh, true).childNodes);
  }
}

function showBack() {
  const back = /** @type {HTMLElement | null} */ (document.querySelector("[data-back]"));
  if (back && steps.length) back.hidden = false;
  // Not without the rest of the scripts: what takes the phone's Back is among them (phone_back.js).
  loadScript("deferred").then((script) => script.takeBack(steps.length ? () => goBack("") : null), () => {});
}

/** htmx, or null when it did not come and this move was made without it. @param {string} href @param {() => boolean}
    isCurrent */
async function htmxFor(href, isCurrent) {
  try {
    return await loadHtmx();
  } catch (error) {
    if (!isCurrent()) return null;
    if (navigator.onLine === false) showNoSignal(href);
    else location.replace(href);
    return null;
  }
}

/** Show the page at an address. Resolves to whether it is shown now. @param {string} href @param {number} y */
async function show(href, y) {
  const mine = ++turn;
  const isCurrent = () => !covered() && mine === turn;
  const { pathname, search, hash } = new URL(href, location.href);
  page().setAttribute("aria-busy", "true");
  failed = false;
  fetched = null;
  try {
    const htmx = await htmxFor(href, isCurrent);
    if (!htmx || !isCurrent()) return false;
    await htmx.ajax("GET", pathname + search, {
      source: document.body,
      target: "#page",
      select: "#page",
      swap: "outerHTML ignoreTitle:true",
      selectOOB: FRAME.map((name) => `${name}:outerHTML:${name}`).join(","),
      // For the worker of a saved book: pages of the release that this tab is of. The server does not read it.
      headers: { Release: releaseOf(document) },
    });
    if (!isCurrent()) return false;
    if (failed) showNoSignal(href);
    if (!fetched) return false;
    here = new URL(hash, fetched).href;
    refresh();
    focusHeading();
    if (!markNow(here, page())) scrollDown(hash.slice(1), y);
    return true;
  } finally {
    if (isCurrent()) page().removeAttribute("aria-busy");
  }
}

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = /** @type {CustomEvent<{ctx: Swap}>} */ (event).detail;
  if (ctx.target !== page()) return;
  const whole = new DOMParser().parseFromString(ctx.text, "text/html");
  // The youth left while it was on its way; or it is no page of ours (a file, the login page of a Wi-Fi).
  if (covered() || !whole.getElementById("page")) {
    event.preventDefault();
    failed = !covered();
    return;
  }
  // Another release since this page was loaded: its pages and our scripts do not mix, so it is loaded whole.
  if (releaseOf(whole) !== releaseOf(document)) {
    event.preventDefault();
    location.replace(ctx.response.raw.url);
    return;
  }
  fetched = ctx.response.raw.url;
  syncHead(whole);
});
document.addEventListener("htmx:error", () => { failed = true; });

/** Show a page that came with this one as a template (Forget), so that it needs no signal. @param
    {HTMLAnchorElement} link @param {HTMLTemplateElement} template */
function showTemplate(link, template) {
  steps = withStep(steps, { href: here, y: window.scrollY });
  here = link.href;
  turn += 1;
  const fresh = /** @type {HTMLElement} */ (page().cloneNode(false));
  fresh.removeAttribute("aria-busy");
  fresh.append(template.content.cloneNode(true));
  const small = /** @type {HTMLElement} */ (fresh.querySelector("[data-heading]"));
  const heading = document.createElement("h1");
  heading.textContent = small.textContent;
  small.replaceWith(heading);
  page().replaceWith(fresh);
  document.querySelectorAll(".bar [aria-current]").forEach((marked) => marked.removeAttribute("aria-current"));
  refresh();
  showBack();
  focusHeading();
  window.scrollTo(0, 0);
}

/** @param {string} href */
async function go(href) {
  const step = { href: here, y: window.scrollY };
  if (!await show(href, 0)) return;
  steps = withStep(steps, step);
  showBack();
}

/** @param {string} above address of the page above this one, for when there is no step */
async function goBack(above) {
  const step = steps[steps.length - 1];
  if (!step) { await show(above, 0); return; }
  if (!await show(step.href, step.y)) return;
  steps = steps.slice(0, -1);
  showBack();
}

/** Go to a part of this page. Not by the address: a "#part" in it makes a new entry. @param {string} fragment */
function goToPart(fragment) {
  const element = partOf(fragment);
  if (!element) return;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus();
  element.scrollIntoView();
}

document.addEventListener("click", (event) => {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a[href]"));
  if (covered() || !link || !isOurs(event, link, location.origin)) return;
  event.preventDefault();
  const written = String(link.getAttribute("href"));
  if (written.startsWith("#")) goToPart(written.slice(1));
  else if (link.hasAttribute("data-whole")) location.replace(link.href);
  else if (link.hasAttribute("data-back")) goBack(link.href);
  else if (link.hasAttribute("data-forget")) showTemplate(link, templateOf("forget"));
  else go(link.href);
});

document.addEventListener("app:leave", () => { steps = []; });

/* At the first sign that somebody reads on, the rest of the scripts: the first move then waits for its page only,
   and a visitor who looks and leaves pays nothing for them. */
const SIGNS = ["pointerdown", "keydown", "scroll"];

function warm() {
  SIGNS.forEach((sign) => removeEventListener(sign, warm));
  loadEverything();
}
SIGNS.forEach((sign) => addEventListener(sign, warm, { passive: true }));
