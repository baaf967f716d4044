/* Narrows a list of places by taps. A place that does not say is never counted as a no: it stays, after those that say
   yes. Nothing is kept, and nothing is sent.

   The page has every place without this script; the panel of taps is hidden until it starts. */

/** What a place answers to one wish: yes, no, or null when it does not say. A wish may end in a tag ("speaks-vi").
    @type {Record<string, (place: HTMLElement, tag: string) => boolean | null>} */
const FITS = {
  open: (place) => yesOrNo(state(place)),
  id: (place) => (place.dataset.idNeeded === "ask" ? null : place.dataset.idNeeded === "no"),
  speaks: (place, tag) => (place.dataset.speaks ? place.dataset.speaks.split(" ").includes(tag) : null),
  walk: (place) => (place.dataset.walkIn ? true : null),
  minor: (place) => ages(place, (low) => low < 18),
  adult: (place) => ages(place, (_, high) => high >= 18),
};
/** A wish that rules another one out. @type {Record<string, string>} */
const OTHER = { minor: "adult", adult: "minor" };

/** @param {HTMLElement} place */
function state(place) {
  const hours = /** @type {HTMLElement | null} */ (place.querySelector("[data-open-now]"));
  return (hours && hours.dataset.open) || "unknown";
}

/** @param {string} word */
function yesOrNo(word) {
  return word === "unknown" ? null : word === "yes";
}

/** @param {HTMLElement} place @param {(low: number, high: number) => boolean} fits @returns {boolean | null} */
function ages(place, fits) {
  const [low, high] = (place.dataset.ages || "-").split("-");
  return low === "" && high === "" ? null : fits(low === "" ? 0 : Number(low), high === "" ? 99 : Number(high));
}

/** What a place answers to some wishes: false when one is a no, true when all are a yes, null when it does not say.
    @param {HTMLElement} place @param {string[]} wishes */
export function answer(place, wishes) {
  const all = wishes.map((wish) => {
    const [name, tag] = wish.split(/-(.*)/);
    return FITS[name](place, tag);
  });
  if (all.includes(false)) return false;
  return all.every((fit) => fit === true) ? true : null;
}

/** Start the controller. @param {HTMLElement} root @returns {() => void} */
export function start(root) {
  const panel = /** @type {HTMLElement} */ (root.querySelector("[data-narrow]"));
  const left = /** @type {HTMLElement} */ (root.querySelector("[data-left]"));
  /** @type {HTMLElement[]} */
  const places = Array.from(root.querySelectorAll("[data-place]"));
  /** Those that are too old to show (today.js). */
  const old = new Set(places.filter((place) => place.hidden));

  /** @param {Event} event */
  function narrow(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-only]"));
    if (!button) return;
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    const other = root.querySelector(`[data-only="${OTHER[button.dataset.only || ""]}"]`);
    if (on && other) other.setAttribute("aria-pressed", "false");
    /** @type {NodeListOf<HTMLElement>} */
    const chosen = root.querySelectorAll("[data-only][aria-pressed=true]");
    const wishes = Array.from(chosen, (each) => each.dataset.only || "");
    const fits = new Map(places.map((place) => [place, answer(place, wishes)]));
    const shown = places.filter((place) => !old.has(place) && fits.get(place) !== false);
    places.forEach((place) => { place.hidden = !shown.includes(place); });
    // Those that say yes first, in the order of the page.
    shown.filter((place) => fits.get(place) === true).forEach((place) => root.append(place));
    shown.filter((place) => fits.get(place) === null).forEach((place) => root.append(place));
    const { word = "", none = "" } = left.dataset;
    left.textContent = !wishes.length ? "" : shown.length ? word.replace("{n}", String(shown.length)) : none;
  }

  panel.hidden = false;
  root.addEventListener("click", narrow);
  return () => root.removeEventListener("click", narrow);
}
