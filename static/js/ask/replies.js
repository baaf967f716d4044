/* What is no question ("hi", one letter, a name), and a question in another language. Pure, as search.js is; the data is
   youthapp/content/replies.toml. */

/**
 * @typedef {{name: string, when: string[], says: string}} Reply
 * @typedef {{tag: string, words: string, offer: string, button: string}} Offer
 * @typedef {{scripts: string, words: string[], says: string}} Other
 */

const ALONE = 2; // words of another language that are enough, when they outnumber ours so many times
const TIMES = 2;

/** @param {string[]} list @param {Set<string>} words */
const counted = (list, words) => list.filter((word) => words.has(word)).length;

/** Returns the name of the reply to what is no question, or "". @param {Reply[]} replies @param {(phrases: string[])
    => RegExp} anyOf */
export function replyTo(replies, anyOf) {
  const tests = replies.filter(({ when }) => when.length).map(({ name, when }) => ({ name, test: anyOf(when) }));
  /** @param {string[]} list @param {string} text */
  return (list, text) => {
    if (list.length === 1 && [...list[0]].length === 1 && !/\p{N}|\p{Lo}/u.test(list[0])) return "letter";
    if (list.length && list.every((word) => /^\p{N}+$/u.test(word))) return "number";
    const found = tests.find(({ test }) => test.test(` ${list.join(" ")} `) || test.test(` ${text} `));
    return found ? found.name : "";
  };
}

/** Returns what says in which language a question is: the tag of one of ours that is not the page's, "other" for one
    that we do not speak, "" for the page's own or when it is not sure. @param {Offer[]} offers @param {Other} other
    @param {string} own */
export function languageOf(offers, other, own) {
  const split = (/** @type {string} */ text) => new Set(text.split(" "));
  const words = offers.map(({ tag, words: text }) => ({ tag, words: split(text) }));
  const mine = (words.find(({ tag }) => tag === own) || { words: new Set() }).words;
  const ours = new Set(/** @type {string[]} */ ([]).concat(...words.map((each) => [...each.words])));
  const others = other.words.map(split);
  const foreign = new RegExp(`[${other.scripts.split(" ").map((name) => `\\p{Script=${name}}`).join("")}]`, "u");

  /** @param {string[]} list */
  return (list) => {
    if (list.some((word) => foreign.test(word))) return "other";
    const own_ = counted(list, mine);
    const next = words.find((each) => {
      if (each.tag === own) return false;
      const only = new Set([...each.words].filter((word) => !mine.has(word)));
      const count = counted(list, only);
      return count >= ALONE && count > own_ * TIMES;
    });
    if (next) return next.tag;
    const strange = others.some((each) => {
      const only = new Set([...each].filter((word) => !ours.has(word)));
      return counted(list, only) >= ALONE && counted(list, each) > counted(list, ours) * TIMES;
    });
    return strange ? "other" : "";
  };
}
