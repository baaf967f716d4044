/* The words of every ready choice. A page shows some of them; a list can hold picks of other pages, and then the
   words of all come as a file beside the sentences (youthapp/plan), once. Until it came, or should it not, the
   words on the page are used. */

import { loadData } from "../loading.js";

/** Section → letter → words, in the order of the plan. @typedef {Record<string, Record<string, string>>} Choices */
/**
 * harmless: those that say nothing about anybody, as section/letter.
 * @typedef {{choices: Choices, harmless: string[]}} Words
 */

/** What came, by its address. @type {Map<string, Words>} */
const loaded = new Map();

/**
 * The words of all choices; null when they do not come.
 * @param {HTMLElement} root
 * @returns {Promise<Words | null>}
 */
export async function loadChoices(root) {
  const address = root.dataset.choices || "";
  const words = loaded.get(address) || (await loadData(address).catch(() => null));
  // What did not come is asked for again the next time: the signal may be back.
  if (words) loaded.set(address, words);
  return words;
}

/** What has come already. @param {HTMLElement} root @returns {Choices} */
export function knownChoices(root) {
  const words = loaded.get(root.dataset.choices || "");
  return words ? words.choices : {};
}

/**
 * A few of the choices that say nothing about anybody, drawn evenly by chance: what the list behind a second PIN
 * begins with.
 * @param {string[]} harmless
 */
export function drawPicks(harmless) {
  const left = harmless.slice(),
    picks = [],
    [count] = crypto.getRandomValues(new Uint8Array(1));
  for (let wanted = 4 + (count % 4); wanted && left.length; wanted -= 1) {
    // 2^32 is so much larger than the list that no pick is favoured by more than one in a hundred million.
    const [number] = crypto.getRandomValues(new Uint32Array(1));
    picks.push(...left.splice(number % left.length, 1));
  }
  return picks;
}
