/* Narrows a list of places by taps. A place that does not say is never counted as a no: it stays, after those that say yes. Nothing is kept. */

const FITS = {
  open: (place) => { const open = place.querySelector("[data-open-now]").dataset.open; return open ? open === "yes" : null; },
  id: (place) => ({ no: true, yes: false })[place.dataset.idNeeded],
  spanish: (place) => (place.dataset.speaks ? place.dataset.speaks.split(" ").includes("es") : null),
  walk: (place) => (place.dataset.walkIn ? true : null),
  minor: (place) => ages(place, (low, high) => low < 18 && high >= 0),
  adult: (place) => ages(place, (low, high) => high >= 18 && low >= 0),
};

function ages(place, fits) {
  const [low, high] = place.dataset.ages.split("-");
  return low === "" && high === "" ? null : fits(low === "" ? 0 : Number(low), high === "" ? 99 : Number(high));
}

/** What a place answers to some wishes: false when one is a no, true when all are a yes, null when it does not say. */
export function answer(place, wishes) {
  const all = wishes.map((wish) => FITS[wish](place));
  if (all.includes(false)) return false;
  return all.every((fit) => fit === true) ? true : null;
}

export function start(root) {
  const panel = root.querySelector("[data-narrow]"), left = root.querySelector("[data-left]");
  const places = Array.from(root.querySelectorAll("[data-place]"));

  function narrow(event) {
    const button = event.target.closest("[data-only]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    const wishes = Array.from(root.querySelectorAll("[data-only][aria-pressed=true]"), (chosen) => chosen.dataset.only);
    const order = new Map(places.map((place) => [place, answer(place, wishes)]));
    const shown = places.filter((place) => order.get(place) !== false);
    places.forEach((place) => { place.hidden = order.get(place) === false; });
    shown.filter((place) => order.get(place) === null).forEach((place) => root.append(place));
    left.textContent = !wishes.length ? "" : shown.length ? left.dataset.word.replace("{n}", shown.length) : left.dataset.none;
  }

  panel.hidden = false;
  root.addEventListener("click", narrow);
  return () => root.removeEventListener("click", narrow);
}
