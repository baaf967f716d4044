/* The rules of wrong PINs. Pure: numbers in, numbers out; session.js serves the wait and store.js keeps the two
   counts.

   waiting   Wrong tries that make the next try wait. Set back when a list, whichever, has been open for a while: what
             a person sees of the waiting must not tell which list their PIN opened.
   erasing   Wrong tries since the first list was last opened. Opening the second list does not set it back: without
             that, who knows the second PIN could guess the first one for ever and never meet the erasure that its
             reader chose. */

/** @typedef {{waiting: number, erasing: number}} Tries */

/**
 * Seconds to wait after so many wrong tries; counted from when the screen is shown, so that the phone's clock does
 * not matter.
 */
const WAITS = [0, 1, 2, 4, 8, 15, 30, 60];

/** Wrong tries after which a list is erased, when its reader chose that. */
export const ERASE_AFTER = 10;

/**
 * Seconds a list must be open until its opening sets the waiting back: trying a PIN in between is slowed to one in
 * about four seconds.
 */
export const SET_BACK_AFTER = 10;

/** Seconds to wait before the next try. @param {number} tries */
export const waitAfter = (tries) => WAITS[Math.min(tries, WAITS.length - 1)];

/** The counts while a try runs: it counts as wrong until it opened something. @param {Tries} tries @returns {Tries} */
export const counted = ({ waiting, erasing }) => ({ waiting: waiting + 1, erasing: erasing + 1 });

/**
 * The counts after a try that opened a list.
 * @param {Tries} tries as they were before the try
 * @param {boolean} second whether it opened the second list
 * @returns {Tries}
 */
export const opened = ({ waiting, erasing }, second) => ({ waiting, erasing: second ? erasing : 0 });

/** The counts after a list has been open for SET_BACK_AFTER seconds. @param {Tries} tries @returns {Tries} */
export const setBack = ({ erasing }) => ({ waiting: 0, erasing });
