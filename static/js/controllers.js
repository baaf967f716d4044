/* Starts the script of each piece of a page, and stops it when the piece goes.

   In a page:  <section data-controller="plan/plan.js">…</section>
   The script: export function start(element) { …; return function stop() { … }; }   (stop is optional; start may be async)
   Here:       one line in SCRIPTS.

   Loaded with every page. When a page is swapped in (navigation.js), the old pieces are stopped and the new ones started, so that a script
   never outlives what it worked on. Danger: a piece that keeps words in memory must drop them in stop(), and on "app:leave". */

import { start as forget } from "./forget.js";
import { start as install } from "./offline/install.js";
import { start as listen } from "./listen.js";
import { start as maker } from "./outreach/maker.js";
import { start as pocket } from "./offline/book.js";
import { start as today } from "./today.js";

/** A script that is fetched when a page has its piece. The rest stands on most pages, or must work when the signal is gone. */
function fetched(load) {
  return async (element) => {
    const piece = await load();
    return element.isConnected ? piece.start(element) : null;
  };
}

const SCRIPTS = {
  "ask/ask.js": fetched(() => import("./ask/ask.js")),
  "outreach/find.js": fetched(() => import("./outreach/find.js")),
  "outreach/link.js": fetched(() => import("./outreach/link.js")),
  "outreach/maker.js": maker,
  "outreach/print.js": fetched(() => import("./outreach/print.js")),
  "forget.js": forget,
  "listen.js": listen,
  "plan/plan.js": fetched(() => import("./plan/plan.js")),
  "offline/install.js": install,
  "offline/book.js": pocket,
  "today.js": today,
};

const running = new Map();

function startAll(root) {
  root.querySelectorAll("[data-controller]").forEach(async (element) => {
    if (running.has(element)) return;
    running.set(element, null);
    const stop = await SCRIPTS[element.dataset.controller](element);
    if (element.isConnected) running.set(element, stop || null);
    else if (stop) stop();
  });
}

function stopGone() {
  running.forEach((stop, element) => {
    if (element.isConnected) return;
    running.delete(element);
    if (stop) stop();
  });
}

/** Call after the page's content changed. */
export function refresh() {
  stopGone();
  startAll(document);
}

refresh();
