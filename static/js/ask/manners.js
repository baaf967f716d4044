/* Manners of speaking ("my phone died", "me muero de sueño") and emoji used as words. Pure, as search.js is; the data is
   youthapp/content/manners.toml.

   Danger: a manner of speaking takes an alarm away. So only words of its own list may stand inside one (fillers), and
   all but its deadly words stays in the question: what is left is still looked at for danger. */

/**
 * @typedef {{fillers: string, quiet: string, deadly: string, alarming: string[], calm: string[], unsure: string[], hurt: {card: string, line: string},
 *   slots: Record<string, string>, emoji: Record<string, string>, yes_no: {opens: string[], answers: string[]}}} Manners
 * @typedef {{all: string[], list: string[], figurative: boolean, unsure: boolean, deadly: boolean}} Meant all words; the
 *   words without the deadly words of manners of speaking; whether one was there; whether one is of the unsure kind; and
 *   whether a deadly word is left
 */

/** @param {string} word */
const pattern = (word) => word.replace(/\*$/, "[^ ]*").replace(/[.+?()|]/g, "\\$&");

/** Phrases as one test; {name} is one word of a slot. @param {string[]} phrases @param {Manners} manners */
function testOf(phrases, { slots, fillers }) {
  const between = `(?: (?:${fillers.split(" ").join("|")}))*? `;
  /** @param {string} word */
  const part = (word) => {
    const slot = /^\{(.*)\}$/.exec(word);
    return slot ? `(?:${slots[slot[1]].split(" ").map(pattern).join("|")})` : pattern(word);
  };
  return new RegExp(` (?:${phrases.map((phrase) => phrase.split(" ").map(part).join(between)).join("|")})(?= )`, "g");
}

/** Returns what reads the words of a question as they are meant. @param {Manners} manners @param {RegExp} idiom the
    manners of speaking of search-words.toml */
export function mannersOf(manners, idiom) {
  const calm = testOf(manners.calm, manners);
  const unsure = testOf(manners.unsure, manners);
  const quiet = new RegExp(`^(?:${manners.quiet.split(" ").map(pattern).join("|")})$`);
  const deadly = new Set(manners.deadly.split(" "));
  /** @param {string} phrase */
  const quieten = (phrase) => ` ${phrase.trim().split(" ").filter((word) => !quiet.test(word)).join(" ")}`;

  /** @param {string[]} list @returns {Meant} */
  return (list) => {
    const text = ` ${list.join(" ")} `;
    const first = text.replace(calm, quieten).replace(idiom, quieten);
    const second = first.replace(unsure, quieten);
    const left = second.split(" ").filter(Boolean);
    return {
      all: list,
      list: left,
      deadly: left.some((word) => deadly.has(word)),
      figurative: first !== text,
      unsure: second !== first,
    };
  };
}

/** Returns what writes emoji as words. @param {Manners} manners */
export function emojiOf({ emoji }) {
  const all = Object.keys(emoji).sort((a, b) => b.length - a.length);
  const test = new RegExp(all.join("|"), "g");
  /** @param {string} text */
  return (text) => text.replace(test, (sign) => ` ${emoji[sign]} `);
}
