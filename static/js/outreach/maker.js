/* The card maker shows its preview by htmx, which its form names: it is wanted at once here, not only at the first move. */

import { loadHtmx } from "../loading.js";

export function start() {
  loadHtmx().catch(() => {});
}
