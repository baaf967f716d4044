/* The one place that asks a page for its elements, so that a missing one is a named error and not a silent dead
   button. */

/**
 * find      the element; throws an Error that names the selector when there is none
 * maybe     the element, or null
 * all       every element
 * field     an input, a textarea or a select
 * template  what is in a <template>
 * @typedef {object} Queries
 * @property {(selector: string) => HTMLElement} find
 * @property {(selector: string) => HTMLElement | null} maybe
 * @property {(selector: string) => HTMLElement[]} all
 * @property {(selector: string) => HTMLInputElement} field
 * @property {(selector: string) => DocumentFragment} template
 */

/** @param {ParentNode} root @returns {Queries} */
export function queries(root) {
  const maybe = (/** @type {string} */ selector) => /** @type {HTMLElement | null} */ (root.querySelector(selector));
  const find = (/** @type {string} */ selector) => {
    const element = maybe(selector);
    if (!element) throw new Error(`no element ${selector}`);
    return element;
  };
  return {
    find,
    maybe,
    all: (selector) => /** @type {HTMLElement[]} */ (Array.from(root.querySelectorAll(selector))),
    field: (selector) => /** @type {HTMLInputElement} */ (find(selector)),
    template: (selector) => /** @type {HTMLTemplateElement} */ (find(selector)).content,
  };
}

/** A copy of the first element in a template. @param {DocumentFragment} template */
export const copyFrom = (template) =>
  /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (template.firstElementChild).cloneNode(true));

/** An element with words in it. @param {string} name @param {string} text @param {string} className */
export function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** The element at which an event began. @param {Event} event */
export const targetOf = (event) => /** @type {HTMLInputElement} */ (event.target);

/**
 * The element around an event's target that has an attribute, or null.
 * @param {Event} event
 * @param {string} attribute
 */
export const tapped = (event, attribute) =>
  /** @type {HTMLElement | null} */ (targetOf(event).closest(`[${attribute}]`));

/** Put these children in the place of what was inside. @param {HTMLElement} parent @param {Node[]} children */
export function refill(parent, children) {
  parent.textContent = "";
  parent.append(...children);
}
