/* A button that opens the browser's own print. Hidden where there is no print (some in-app browsers). */
export function start(button) {
  if (!window.print) return null;
  const tap = () => window.print();
  button.hidden = false;
  button.addEventListener("click", tap);
  return () => button.removeEventListener("click", tap);
}
