/* The rules of moving between pages, without a page: plain values in, plain values out (tests/js/navigation_rules.test.js). */

/** Steps that the own Back remembers. */
export const MOST_STEPS = 50;

/**
 * Whether a click on a link is ours to follow. Other sites, calls, texts, downloads, the exit and "open in a new tab" are the browser's.
 *
 * @param {{defaultPrevented: boolean, button: number, metaKey: boolean, ctrlKey: boolean, shiftKey: boolean, altKey: boolean}} click
 * @param {{origin: string, target: string, hasAttribute(name: string): boolean}} link
 * @param {string} origin the origin of the page
 */
export function isOurs(click, link, origin) {
  if (click.defaultPrevented || click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return false;
  if (link.hasAttribute("download") || link.hasAttribute("data-exit") || (link.target && link.target !== "_self")) return false;
  return link.origin === origin;
}

/**
 * The id that a fragment names. A fragment that is not well-formed ("%ZZ") names itself, as in the browser.
 *
 * @param {string} fragment without its "#"
 */
export function idIn(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch (error) {
    return fragment;
  }
}

/**
 * The release in the address of one of our files, or "" where there is none.
 *
 * @param {string | null} address "/static/<release>/…"
 */
export function releaseIn(address) {
  const parts = /^\/static\/([^/]+)\//.exec(address || "");
  return parts ? parts[1] : "";
}

/**
 * The steps with one more; the oldest goes when there are too many.
 *
 * @template Step
 * @param {Step[]} steps oldest first
 * @param {Step} step
 */
export function withStep(steps, step) {
  return steps.concat([step]).slice(-MOST_STEPS);
}
