/* Marks one sentence on the page that a reader goes to from an answer. What to mark is in this module's memory for the
   one move and nowhere else: not in the address, which would tell what was asked, and not in the history. */

/** @type {{href: string, text: string} | null} */
let wanted = null;

/** @param {string} text */
const level = (text) => text.replace(/\s+/g, " ").trim();

/** Say what to mark when the page at an address is shown. @param {string} href @param {string} text */
export function markOn(href, text) {
  wanted = { href, text: level(text) };
}

/** The smallest part of a page that has a text. @param {Element} whole @param {string} text */
function partWith(whole, text) {
  let found = null;
  for (const part of whole.querySelectorAll("p,li,dd,td,span,h1")) {
    if (level(part.textContent || "").includes(text) && (!found || found.contains(part))) found = part;
  }
  return found;
}

/** Mark the wanted sentence on the page that has just been shown, and go to it. Returns whether it is there. @param
    {string} href @param {Element} whole */
export function markNow(href, whole) {
  const now = wanted;
  wanted = null;
  if (!now || new URL(now.href, location.href).pathname !== new URL(href, location.href).pathname) return false;
  const part = partWith(whole, now.text);
  if (!part) return false;
  for (let fold = part.closest("details"); fold; fold = fold.parentElement && fold.parentElement.closest("details")) {
    fold.open = true;
  }
  part.classList.add("marked");
  part.scrollIntoView({ block: "center" });
  return true;
}
