/* What is fetched after the frame's script: the scripts of what a page has, htmx, and data.

   A browser writes the address of each script that a page runs into its code cache, where it outlives Forget
   (measured in Chromium). So the names of bundles are hashes, and at the first sign of a reader all of them are
   fetched, whatever is open (DECISIONS.md, "Scripts and style"). A script that is new here belongs into the table below, and
   into deferred.js where no page needs it at once. */

/**
 * The scripts that are fetched apart, by their names in the page (layouts/base.html).
 *
 * @typedef {object} Scripts
 * @property {typeof import("./deferred.js")} deferred
 * @property {typeof import("./ask/finder.js")} finder
 * @property {typeof import("./plan/plan.js")} plan
 */

/** @type {Map<string, Promise<any>>} */
const loads = new Map();
/** How often a script was asked for. @type {Map<string, number>} */
const tries = new Map();

/**
 * Returns the module of a script. Rejects when it does not arrive; the next call tries again.
 *
 * @template {keyof Scripts} Name
 * @param {Name} name
 * @returns {Promise<Scripts[Name]>}
 */
export function loadScript(name) {
  const before = loads.get(name);
  if (before) return before;
  const tried = tries.get(name) || 0;
  tries.set(name, tried + 1);
  const frame = /** @type {HTMLElement} */ (document.querySelector("script[data-deferred]"));
  // Firefox remembers a module that failed as long as the page lives, under its whole address. A server never sees a
  // fragment.
  const load = import(tried ? `${frame.dataset[name]}#${tried}` : String(frame.dataset[name]));
  loads.set(name, load);
  load.catch(() => loads.delete(name));
  return load;
}

/** Returns htmx. Rejects when it is not installed, does not arrive, or the phone is too old to read it. */
export function loadHtmx() {
  return import("htmx.org/dist/htmx.esm.min.js").then((module) => module.default);
}

/** Returns the class of the search library. Rejects as loadHtmx() does. */
export function loadMiniSearch() {
  return import("minisearch").then((module) => module.default);
}

/** Returns the JSON at an address of this release. Fetched data, unlike a script, leaves no name in a browser's code
    cache. @param {string} address */
export async function loadData(address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

/** Fetch all scripts that are not here yet, the one for the first move first. What fails now is fetched again when
    it is needed. */
export async function loadEverything() {
  const ignore = () => {};
  await loadHtmx().catch(ignore);
  /** @type {(keyof Scripts)[]} */
  const names = ["plan", "finder", "deferred"];
  names.forEach((name) => loadScript(name).catch(ignore));
  loadMiniSearch().catch(ignore);
}
