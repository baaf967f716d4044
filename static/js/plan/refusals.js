/* From why something was refused or failed to the sentence that the page has for it. */

import { whyOf } from "./vault.js";

/** @type {Record<string, string>} */
const KEYS = { unsealable: "no-script-storage" };

/** @param {import("./part.js").Say} say @param {unknown} why an error with a `why`, or the why itself */
export function sentenceFor(say, why) {
  const key = typeof why === "string" ? why : whyOf(why);
  return say(KEYS[key] || key) || say("broken");
}
