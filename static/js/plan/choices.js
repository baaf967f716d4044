/* The words of every ready choice. A page shows some of them; a list can hold picks of other pages, and then the words of all come as a module
   beside the sentences (youthapp/plan), once. Until it came, or should it not, the words on the page are used. */

/** Section → letter → words, in the order of the plan. @typedef {Record<string, Record<string, string>>} Choices */
/** @typedef {{choices: Choices, harmless: string[]}} Module */

/** What came, by its address. */
const loaded = new Map();

/**
 * The words of all choices; null when they do not come.
 * @param {HTMLElement} root
 * @returns {Promise<Module | null>}
 */
export async function loadChoices(root) {
  const address = root.dataset.choices || "";
  if (!loaded.has(address)) loaded.set(address, await import(address).catch(() => null));
  const module = loaded.get(address);
  // Asked again the next time: the signal may be back.
  if (!module) loaded.delete(address);
  return module;
}

/** What has come already. @param {HTMLElement} root @returns {Choices} */
export function knownChoices(root) {
  const module = loaded.get(root.dataset.choices || "");
  return module ? module.choices : {};
}

/**
 * A few of the choices that say nothing about anybody, drawn evenly by chance: what the list behind a second PIN begins with.
 * @param {string[]} harmless
 */
export function drawPicks(harmless) {
  const left = harmless.slice(), picks = [], [count] = crypto.getRandomValues(new Uint8Array(1));
  for (let wanted = 4 + count % 4; wanted && left.length; wanted -= 1) {
    // 2^32 is so much larger than the list that no pick is favoured by more than one in a hundred million.
    const [number] = crypto.getRandomValues(new Uint32Array(1));
    picks.push(...left.splice(number % left.length, 1));
  }
  return picks;
}
