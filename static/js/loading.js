/* What is fetched after the page itself: htmx, everything in deferred.js, and data.

   The set of scripts is the same for every reader, whatever they open: a browser writes the address of each script it runs into its code cache,
   where it outlives Forget (measured in Chromium). So nothing here is fetched for one section only; see DECISIONS.md, "Scripts". */

/** Returns htmx. Rejects when it is not installed, does not arrive, or the phone is too old to read it. */
export function loadHtmx() {
  return import("htmx.org/dist/htmx.esm.min.js").then((module) => module.default);
}

/** @type {Promise<typeof import("./deferred.js")> | null} */
let deferred = null;
let tries = 0;

/** Returns the module deferred.js. Rejects when it does not arrive; the next call tries again. */
export function loadDeferred() {
  if (!deferred) {
    const address = document.querySelector("script[data-deferred]").dataset.deferred;
    // Some browsers remember a module that failed, for as long as the page lives. They look it up by its whole address, and a server never sees a fragment.
    deferred = import(tries ? `${address}#${tries}` : address);
    tries += 1;
    deferred.catch(() => { deferred = null; });
  }
  return deferred;
}

/** Returns the JSON at an address of this release. Fetched data, unlike a script, leaves no name in a browser's code cache. */
export async function loadData(address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

/** Fetch all scripts that are not here yet, the one for the first move first. What fails now is fetched again when it is needed. */
export function loadEverything() {
  loadHtmx().catch(() => {}).then(loadDeferred).then((module) => module.loadMiniSearch()).catch(() => {});
}
