/* Starts the script of each piece of a page, and stops it when the piece goes.

   In a page:  <section data-script="plan/plan.js">…</section>
   The script: export function start(element) { …; return function stop() { … }; }   (stop is optional; start may be async)

   Loaded with every page. When a page is swapped in (quiet.js), the old pieces are stopped and the new ones started, so that a script
   never outlives what it worked on. Danger: a piece that keeps words in memory must drop them in stop(), and on "app:leave". */

const running = new Map();

function startAll(root) {
  root.querySelectorAll("[data-script]").forEach(async (element) => {
    if (running.has(element)) return;
    running.set(element, null);
    const piece = await import("./" + element.dataset.script);
    if (!element.isConnected) return;
    const stop = await piece.start(element);
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
