/* Starts the script of each piece of a page, and stops it when the piece goes.

   In a page:  <section data-script="plan/plan.js">…</section>
   The script: export function start(element) { …; return function stop() { … }; }   (stop is optional; start may be async)
   Here:       one line in SCRIPTS.

   Loaded with every page. When a page is swapped in (quiet.js), the old pieces are stopped and the new ones started, so that a script
   never outlives what it worked on. Danger: a piece that keeps words in memory must drop them in stop(), and on "app:leave". */

import { start as forget } from "./forget.js";
import { start as install } from "./pocket/install.js";
import { start as listen } from "./listen.js";
import { start as maker } from "./cards/maker.js";
import { start as pocket } from "./pocket/pocket.js";
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
  "cards/find.js": fetched(() => import("./cards/find.js")),
  "cards/hand.js": fetched(() => import("./cards/hand.js")),
  "cards/maker.js": maker,
  "cards/print.js": fetched(() => import("./cards/print.js")),
  "forget.js": forget,
  "listen.js": listen,
  "plan/plan.js": fetched(() => import("./plan/plan.js")),
  "pocket/install.js": install,
  "pocket/pocket.js": pocket,
  "today.js": today,
};

const running = new Map();

function startAll(root) {
  root.querySelectorAll("[data-script]").forEach(async (element) => {
    if (running.has(element)) return;
    running.set(element, null);
    const stop = await SCRIPTS[element.dataset.script](element);
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
