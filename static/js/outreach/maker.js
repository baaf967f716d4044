/* The card maker shows its preview by htmx, which its form names: htmx is wanted at once here, not only at the first
   move. */

import { loadHtmx } from "../loading.js";

/** Start the controller. */
export function start() {
  loadHtmx().catch(() => {});
}
