/* Copy and share buttons beside a text that is there to be handed on. We send nothing: copying and sharing are the
   phone's own. */

/** Milliseconds until the copy button has its own name again. */
const SHOWN = 4000;

/** Start the controller. Returns stop(). @param {HTMLElement} root */
export function start(root) {
  const field = /** @type {HTMLTextAreaElement} */ (root.querySelector("[data-text]"));
  const copy = /** @type {HTMLButtonElement} */ (root.querySelector("[data-copy]"));
  const share = /** @type {HTMLButtonElement} */ (root.querySelector("[data-share]"));
  const { done = "", failed = "" } = copy.dataset;
  const name = copy.textContent;
  let timer = 0;

  /** @param {string} text */
  function show(text) {
    copy.textContent = text;
    clearTimeout(timer);
    timer = window.setTimeout(() => { copy.textContent = name; }, SHOWN);
  }

  function copyByHand() {
    field.focus();
    field.select();
    let copied = false;
    try { copied = document.execCommand("copy"); } catch (error) { copied = false; }
    show(copied ? done : failed);
  }

  copy.setAttribute("aria-live", "polite");
  copy.addEventListener("click", () => {
    const { clipboard } = navigator;
    if (clipboard && clipboard.writeText) clipboard.writeText(field.value).then(() => show(done), copyByHand);
    else copyByHand();
  });
  copy.hidden = false;
  if (typeof navigator.share === "function") {
    share.hidden = false;
    share.addEventListener("click", () => { navigator.share({ text: field.value }).catch(() => {}); });
  }
  return () => clearTimeout(timer);
}
