/* Forget: takes what the youth kept off this phone, looks whether it is gone, and only then says so and leaves.

   The order is the one that was measured as clean (DECISIONS.md, "Forget"): other tabs leave, words in memory are dropped, then plan/store.js
   (Blobs overwritten, deleted, database deleted), then offline/book.js (each cache entry, the caches, the worker), then the server is asked
   for Clear-Site-Data. All but the last works without a signal. It never touches the history: no website can, and an empty one is noticed. */

import { dropAll, hasAnything as hasBook } from "./offline/book.js";
import { eraseAll, hasAnything as hasPlan } from "./plan/store.js";

const OTHERS_NEED = 300;
const SERVER_MAY_TAKE = 4000;
const READ_DONE = 1500;

const wait = (time) => new Promise((done) => setTimeout(done, time));

/** Ask the server for Clear-Site-Data. Without a signal there is no answer, and what is on the phone is gone all the same. */
function askServer(address) {
  const answer = fetch(address, { method: "POST", cache: "no-store" }).then(() => true, () => false);
  return Promise.race([answer, wait(SERVER_MAY_TAKE)]);
}

export function start(element) {
  const form = element.querySelector("form");
  const told = element.querySelector("[data-told]");
  let busy = false;

  function tell(word) {
    told.textContent = element.querySelector(`[data-word="${word}"]`).content.textContent;
    told.hidden = false;
    told.focus();
  }

  async function forget() {
    tell("working");
    document.dispatchEvent(new Event("app:alone"));
    document.dispatchEvent(new Event("app:leave"));
    await wait(OTHERS_NEED);
    // A list whose files the browser still holds must not keep the book on the phone: all goes that can, and then it is said what did not.
    try { await eraseAll(); } finally {
      await dropAll();
      await askServer(form.action);
    }
    const kept = await Promise.all([hasPlan(), hasBook()]);
    if (kept.some(Boolean)) { tell("left"); return; }
    tell("done");
    await wait(READ_DONE);
    document.dispatchEvent(new Event("app:exit"));
  }

  function sure(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    forget().catch(() => tell("left")).then(() => { busy = false; });
  }

  form.addEventListener("submit", sure);
  return () => form.removeEventListener("submit", sure);
}
