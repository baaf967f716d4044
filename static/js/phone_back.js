/* The phone's own Back (Esc on a computer) does what the arrow does, as long as there is a step to go back to: a swipe
   loses nothing. A CloseWatcher takes it without an entry in the history; on the first page of a visit Back leaves, as
   it always did. Where a browser has none, Back leaves from every page, and that is said once, on the first move. */

/** @type {CloseWatcher | null} */
let watcher = null;
let told = false;

/**
 * Take the phone's Back from now on, or leave it to the browser. Called after each move.
 *
 * @param {(() => Promise<void>) | null} goBack goes one step back; null on the first page of the visit
 */
export function takeBack(goBack) {
  if (!window.CloseWatcher) tellOnce();
  if (watcher) watcher.destroy();
  watcher = null;
  if (!window.CloseWatcher || !goBack) return;
  const mine = new window.CloseWatcher();
  watcher = mine;
  mine.onclose = async () => {
    await goBack();
    if (watcher === mine) takeBack(goBack); // the page before did not come: still one step to go back
  };
}

function tellOnce() {
  const back = /** @type {HTMLElement | null} */ (document.querySelector("[data-back-told]"));
  if (told || !back) return;
  told = true;
  const notice = document.createElement("p");
  notice.className = "small card";
  notice.textContent = back.dataset.backTold || "";
  /** @type {HTMLElement} */ (document.getElementById("page")).prepend(notice);
}

document.addEventListener("app:leave", () => {
  if (watcher) watcher.destroy();
  watcher = null;
});
