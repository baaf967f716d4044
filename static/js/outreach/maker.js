/* The card maker shows its preview by htmx, which its form names: htmx is wanted at once here, not only at the first
   move. With it, the buttons that ask for the whole page again are not needed. */

import { loadHtmx } from "../loading.js";

/** Start the controller. @param {HTMLElement} form */
export function start(form) {
  let chosen = false;
  form.addEventListener("input", () => { chosen = true; }, { once: true });
  loadHtmx().then(() => {
    form.querySelectorAll("[data-without-script]").forEach((found) => {
      const button = /** @type {HTMLElement} */ (found);
      button.hidden = true;
    });
    // What was chosen while it was on its way is shown now. htmx takes hold of the page in the task after its script.
    setTimeout(() => { if (chosen) form.dispatchEvent(new Event("input", { bubbles: true })); });
  }).catch(() => {});
}
