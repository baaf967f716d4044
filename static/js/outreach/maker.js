/* The card maker shows its preview by htmx, which its form names: it is wanted at once here, not only at the first move. */

import { library } from "../htmx.js";

export function start() {
  library().catch(() => {});
}
