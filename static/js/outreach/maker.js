/* The card maker shows its preview by htmx, which its form names: htmx is wanted at once here, not only at the first
   move. With it, the buttons that ask for the whole page again are not needed. */

import { loadHtmx } from "../loading.js";

/** Whether a field says something else than when the page came. @param {Element} field */
const isChanged = (field) =>
  field instanceof HTMLSelectElement
    ? ![...field.selectedOptions].every((option) => option.defaultSelected)
    : field instanceof HTMLInputElement && (field.value !== field.defaultValue || field.checked !== field.defaultChecked);

/** Start the controller. @param {HTMLElement} form */
export function start(form) {
  loadHtmx()
    .then((htmx) => {
      form.querySelectorAll("[data-without-script]").forEach((found) => {
        const button = /** @type {HTMLElement} */ (found);
        button.hidden = true;
      });
      // htmx finds forms by itself only when it comes before the page is read, or after all of it is there.
      htmx.process(form);
      // What was chosen before it came is drawn now.
      if ([.../** @type {HTMLFormElement} */ (form).elements].some(isChanged)) htmx.trigger(form, "input");
    })
    .catch(() => {});
}
