/* Forget: takes what the youth kept off this phone, looks whether it is gone, and only then says so and leaves.

   The order is the one that was measured as clean (DECISIONS.md, "Leaving and moving"): other tabs leave, words in
   memory are dropped, then plan/store.js (Blobs overwritten, deleted, database deleted), then offline/book.js (each
   cache entry, the caches, the worker), then the server is asked for Clear-Site-Data. All but the last works without
   a signal. It never touches the history: no website can, and an empty one is noticed. */

import { dropAll, hasAnything as hasBook } from "./offline/book.js";
import { eraseAll, hasAnything as hasPlan } from "./plan/store.js";

/** Milliseconds that other tabs get to leave, that the server may take to answer, and that "done" can be read before
    the exit. */
const OTHERS_NEED = 300;
const SERVER_MAY_TAKE = 4000;
const READ_DONE = 1500;

/** @param {number} time milliseconds @returns {Promise<void>} */
const wait = (time) => new Promise((done) => { setTimeout(done, time); });

/** Ask the server for Clear-Site-Data. Without a signal there is no answer, and what is on the phone is gone all the
    same. @param {string} address */
function askServer(address) {
  const answer = fetch(address, { method: "POST", cache: "no-store" }).then(() => {}, () => {});
  return Promise.race([answer, wait(SERVER_MAY_TAKE)]);
}

/** Whether the phone still keeps a plan or a book. @returns {Promise<boolean>} */
const isLeft = async () => (await Promise.all([hasPlan(), hasBook()])).some(Boolean);

/** Start the controller. Returns stop(). @param {HTMLElement} element */
export function start(element) {
  const form = /** @type {HTMLFormElement} */ (element.querySelector("form"));
  const status = /** @type {HTMLElement} */ (element.querySelector("[data-told]"));
  let busy = false;

  /** @param {"working" | "left" | "done"} word */
  function show(word) {
    const template = /** @type {HTMLTemplateElement} */ (element.querySelector(`[data-word="${word}"]`));
    status.textContent = template.content.textContent;
    status.hidden = false;
    status.focus();
  }

  async function forget() {
    show("working");
    document.dispatchEvent(new Event("app:alone"));
    document.dispatchEvent(new Event("app:leave"));
    await wait(OTHERS_NEED);
    // A list whose files the browser still holds must not keep the book on the phone: everything goes that can, and
    // then it is said what did not.
    let left = true;
    try {
      try { await eraseAll(); } finally { await dropAll(); }
      left = await isLeft();
    } finally { await askServer(form.action); }
    // WebKit writes a file with our name for a page that asks what is kept: nothing is asked after the server's answer
    // but where something was left before it.
    if (left && (await isLeft())) { show("left"); return; }
    show("done");
    await wait(READ_DONE);
    document.dispatchEvent(new Event("app:exit"));
  }

  /** @param {Event} event */
  function submitted(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    forget().catch(() => show("left")).then(() => { busy = false; });
  }

  form.addEventListener("submit", submitted);
  return () => form.removeEventListener("submit", submitted);
}
