/* A button that opens the browser's own print. Hidden where there is no print (some in-app browsers). */

/** Start the controller. Returns stop(), or null where there is no print. @param {HTMLElement} button */
export function start(button) {
  if (typeof window.print !== "function") return null;
  const tapped = () => window.print();
  button.hidden = false;
  button.addEventListener("click", tapped);
  return () => button.removeEventListener("click", tapped);
}
