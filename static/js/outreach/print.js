/* A button that opens the browser's own print. Hidden where there is no print (some in-app browsers). On paper nothing
   is folded. */

/** Start the controller. Returns stop(), or null where there is no print. @param {HTMLElement} button */
export function start(button) {
  if (typeof window.print !== "function") return null;
  /** @type {HTMLDetailsElement[]} */
  let unfolded = [];

  function unfold() {
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const folded = document.querySelectorAll("#page details:not([open]):not(.source)");
    unfolded = Array.from(folded);
    unfolded.forEach((details) => { details.open = true; });
  }

  function foldAgain() {
    unfolded.forEach((details) => { details.open = false; });
    unfolded = [];
  }

  const tapped = () => window.print();
  button.hidden = false;
  button.addEventListener("click", tapped);
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", foldAgain);
  return () => {
    button.removeEventListener("click", tapped);
    window.removeEventListener("beforeprint", unfold);
    window.removeEventListener("afterprint", foldAgain);
  };
}
