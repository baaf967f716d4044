/* How texts are compared by the lists of places and the worker's finder. Ask has its own, for more scripts than ours. */

/** A text as words between single spaces, small letters, without accents. @param {string} text */
export function plain(text) {
  const letters = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’]/g, "");
  return ` ${letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}
