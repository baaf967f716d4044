/* Words drawn by the phone: three for a PIN (30 bits), six for a backup (60 bits). What each stands against is told on
   the page about PINs, and reckoned in DECISIONS.md. */

import { loadData } from "../loading.js";

export const WORDS_OF_PIN = 3,
  WORDS_OF_BACKUP = 6;

/**
 * Words drawn evenly: the length of the list divides 2^32, so each word is as likely as any other, and is worth ten
 * bits.
 * @param {string} words all of them, with white space between
 * @param {number} count
 */
export function drawWords(words, count) {
  const list = words.trim().split(/\s+/);
  return Array.from(crypto.getRandomValues(new Uint32Array(count)), (number) => list[number % list.length]);
}

/** A PIN of words; "" when the list of words does not come. @param {HTMLElement} root */
export async function drawPin(root) {
  // Beside the choices, under the same release: an address of its own would be bytes in every page with a list.
  const address = (root.dataset.choices || "").replace("choices-", "passphrase-");
  const words = await loadData(address).catch(() => "");
  return words ? drawWords(words, WORDS_OF_PIN).join(" ") : "";
}
