/* Quiet moving: a link inside the app swaps the page's pieces and leaves the address alone, so that a whole visit is one entry in the
   browser's history and one plain line on its list. htmx fetches the same whole page that the link shows without script, and swaps #page,
   the header, the footer and the bar out of it.

   Dangers first: history and its state are never touched (what is put there stays on the disk); where we are and where Back leads lives in
   this module's memory and dies with the page. The exit's own element is never swapped: a tap that began on it must end on it. Without the
   library a link still leaves no entry (location.replace); without script it is a link. */

import { library } from "./htmx.js";
import { refresh } from "./controllers.js";

const MOST_STEPS = 50;
const FRAME = [".top", ".foot", ".bar"];
const steps = [];
let here = location.href;
let turn = 0;
let failed = false;
let fetched = null;

const covered = () => document.documentElement.classList.contains("covered");
const page = () => document.getElementById("page");

/** Where a link leads when it is ours to follow, else null: other sites, calls, texts, downloads and "open in a new tab" stay as they are. */
function ours(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target.closest("a[href]");
  if (!link || link.hasAttribute("download") || link.hasAttribute("data-exit") || (link.target && link.target !== "_self")) return null;
  return link.origin === location.origin ? link : null;
}

function part(id) {
  return id ? document.getElementById(decodeURIComponent(id)) : null;
}

function scrollDown(id, y) {
  const element = part(id);
  if (element) element.scrollIntoView();
  else window.scrollTo(0, y);
}

/** The release that a page is of. */
function releaseOf(root) {
  const script = root.querySelector("script[src$='/frame.js']");
  return script ? script.getAttribute("src").split("/")[2] : "";
}

/** As after a full load: a screen reader starts at the heading, and the keyboard goes on from there. */
function focusHeading() {
  const heading = page().querySelector("h1") || page();
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** A kind word where we stand, with the lines that need no internet, instead of the browser's error page. The page below stays readable. */
function tellNoSignal(href) {
  const old = page().querySelector("[data-no-signal]");
  if (old) old.remove();
  const told = document.getElementById("no-signal").content.cloneNode(true).firstElementChild;
  told.querySelector("[data-again]").href = href;
  page().prepend(told);
  told.focus();
  window.scrollTo(0, 0);
}

/** What htmx does not swap: styles that only that page needs, the language of the whole, the words of the exit, and whether there is a way back. */
function dress(whole) {
  for (const style of whole.querySelectorAll("style[data-style]")) {
    if (!document.querySelector(`style[data-style="${style.dataset.style}"]`)) document.head.append(document.importNode(style, true));
  }
  const root = document.documentElement;
  root.lang = whole.documentElement.lang;
  root.dir = whole.documentElement.dir;
  document.title = whole.title;
  for (const name of ["a.exit", "a.skip"]) {
    const [kept, new_] = [document.querySelector(name), whole.querySelector(name)];
    kept.href = new_.getAttribute("href");
    if (new_.dataset.quiet) kept.dataset.quiet = new_.dataset.quiet;
    kept.textContent = "";
    kept.append(...document.importNode(new_, true).childNodes);
  }
}

function showBack() {
  const back = document.querySelector("[data-back]");
  if (back && steps.length) back.hidden = false;
}

/** Show the page at an address. Resolves to whether it stands there now. */
async function show(href, y) {
  const mine = ++turn;
  const { pathname, search, hash } = new URL(href, location.href);
  page().setAttribute("aria-busy", "true");
  failed = false;
  fetched = null;
  try {
    let htmx;
    try { htmx = await library(); } catch (error) {
      if (covered() || mine !== turn) return false;
      if (navigator.onLine === false) tellNoSignal(href);
      else location.replace(href);
      return false;
    }
    if (covered() || mine !== turn) return false;
    await htmx.ajax("GET", pathname + search, {
      source: document.body, target: "#page", select: "#page", swap: "outerHTML ignoreTitle:true", selectOOB: FRAME.map((name) => `${name}:outerHTML:${name}`).join(","),
      // To the worker of a saved book: pages of the release that this tab is of. The server does not read it.
      headers: { Release: releaseOf(document) },
    });
    if (covered() || mine !== turn) return false;
    if (failed) tellNoSignal(href);
    if (!fetched) return false;
    here = new URL(hash, fetched).href;
    refresh();
    focusHeading();
    scrollDown(hash.slice(1), y);
    return true;
  } finally {
    if (!covered() && mine === turn) page().removeAttribute("aria-busy");
  }
}

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.target !== page()) return;
  const whole = new DOMParser().parseFromString(ctx.text, "text/html");
  // Left while it was on its way; or what came is no page of ours (a file, a captive Wi-Fi's login).
  if (covered() || !whole.getElementById("page")) {
    event.preventDefault();
    failed = !covered();
    return;
  }
  // Another release since this page was loaded: its page and our scripts do not mix, so it is loaded whole.
  if (releaseOf(whole) !== releaseOf(document)) {
    event.preventDefault();
    location.replace(ctx.response.raw.url);
    return;
  }
  fetched = ctx.response.raw.url;
  dress(whole);
});
document.addEventListener("htmx:error", () => { failed = true; });

/** Show a page that came with this one (Forget), so that it needs no signal. */
function showKept(link, kept) {
  steps.push({ href: here, y: window.scrollY });
  here = link.href;
  turn += 1;
  const fresh = page().cloneNode(false);
  fresh.removeAttribute("aria-busy");
  fresh.append(kept.content.cloneNode(true));
  const [small, heading] = [fresh.querySelector("[data-heading]"), document.createElement("h1")];
  heading.textContent = small.textContent;
  small.replaceWith(heading);
  page().replaceWith(fresh);
  document.querySelectorAll(".bar [aria-current]").forEach((marked) => marked.removeAttribute("aria-current"));
  refresh();
  showBack();
  focusHeading();
  window.scrollTo(0, 0);
}

async function go(href) {
  const step = { href: here, y: window.scrollY };
  if (!await show(href, 0)) return;
  steps.push(step);
  if (steps.length > MOST_STEPS) steps.shift();
  showBack();
}

async function goBack(above) {
  const step = steps[steps.length - 1];
  if (!step) { await show(above, 0); return; }
  if (!await show(step.href, step.y)) return;
  steps.pop();
  showBack();
}

document.addEventListener("click", (event) => {
  if (covered()) return;
  const link = ours(event);
  if (!link) return;
  event.preventDefault();
  const written = link.getAttribute("href");
  if (written.startsWith("#")) {
    // Never by the address: a #part makes a new entry.
    const element = part(written.slice(1));
    if (!element) return;
    if (element.tabIndex < 0) element.tabIndex = -1;
    element.focus();
    element.scrollIntoView();
  } else if (link.hasAttribute("data-whole")) location.replace(link.href);
  else if (link.hasAttribute("data-back")) goBack(link.href);
  else if (link.hasAttribute("data-forget")) showKept(link, document.getElementById("forget"));
  else go(link.href);
});

document.addEventListener("app:leave", () => { steps.length = 0; });

/* At the first sign that somebody reads on: the library, so that the first move waits for its page only. Who looks and leaves pays nothing for it. */
const SIGNS = ["pointerdown", "keydown", "scroll"];

function warm() {
  SIGNS.forEach((sign) => removeEventListener(sign, warm));
  library().catch(() => {});
}
SIGNS.forEach((sign) => addEventListener(sign, warm, { passive: true }));
