/* Everything that reading a page does not need, as one file: `make setup` bundles it, and every reader fetches it at the first touch (loading.js).
   What is in here may not work without a signal unless it came before the signal went. */

export { open as openSearch } from "./ask/search.js";
export { start as find } from "./outreach/find.js";
export { start as link } from "./outreach/link.js";
export { start as print } from "./outreach/print.js";
export { start as plan } from "./plan/plan.js";

/** Returns the class of the search library. */
export function loadMiniSearch() {
  return import("minisearch").then((module) => module.default);
}
