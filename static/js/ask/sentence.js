/* Which sentence of a record answers a question, and how sure that is. Pure, as search.js is.

   A record's questions stand in groups, each with the sentence that answers it. The best record's group that covers most
   of the question's words, rare words first, gives the sentence. It is shown as the answer only when it covers enough
   of the question (SURE, measured by tests/ask/evaluate.py); else the page says that it does not know. */

/** Share of the question's weight that a sentence's group must cover to be shown, and its lead over the best group of
    another page; in a danger, the share that a step of the guide must cover to stand before its short answer. Measured: see DECISIONS.md, "Ask". */
export const SURE = { cover: 0.75, lead: 0.16, step: 0.7 };

const IN_ASKS = 1; // a word that the group's questions have
const IN_TITLE = 0.7; // a word that only the record's title has
const IN_SENTENCE = 0.55; // a word that only the sentence has
const IN_RECORD = 0.35; // a word that only another group of the record has
const KIND = 0.04; // a yes or no is wanted, and the sentence begins with one

/**
 * @typedef {{says: (string | 0 | null)[], buttons: Record<string, [line: string, code: string, title?: string]>,
 *   publishers: string[], from: number[][], next: Record<string, string[]>, hands: Record<string, string | 0>,
 *   instead: {card: string, when: string[], says: string}[], acts: number[], known: Record<string, number>,
 *   signs: import("./signs.js").Signs}} Sentences
 * @typedef {{text: string, group: number, cover: number, sure: boolean, line: string, card: string, cardTitle: string,
 *   publisher: string, next: string[]}} Sentence
 */

/** The rarity of a term that so many of all records have. @param {number} having @param {number} all */
const rarity = (having, all) => Math.log(1 + all / (having + 0.5));

/** Returns what weighs the groups of records against the words of a question.
    @param {{bags: Map<string, number>[], first: number[], titles: Set<string>[], sentences: Set<string>[]}} shelf
    groups as bags of terms, the first group of each record, the terms of titles and of sentences */
export function coverer({ bags, first, titles, sentences }) {
  /** @type {Map<string, number>} */
  const having = new Map();
  titles.forEach((title, place) => {
    const terms = new Set(title);
    for (let at = first[place]; at < first[place + 1]; at += 1) bags[at].forEach((_, term) => terms.add(term));
    terms.forEach((term) => having.set(term, (having.get(term) || 0) + 1));
  });

  /** @param {string} term @param {number} place @param {number} group */
  function fit(term, place, group) {
    if (bags[group].has(term)) return IN_ASKS;
    if (titles[place].has(term)) return IN_TITLE;
    if (sentences[group].has(term)) return IN_SENTENCE;
    for (let at = first[place]; at < first[place + 1]; at += 1) if (bags[at].has(term)) return IN_RECORD;
    return 0;
  }

  /** @param {[string, number][][]} words the meanings of each word of a question, as [term, weight] */
  return (words) => {
    const weights = words.map((meant) => {
      const known = meant.map(([term]) => rarity(having.get(term) || 0, titles.length));
      return known.length ? Math.max(...known) : rarity(0, titles.length);
    });
    const all = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    /** The groups of a record with the share of the question that each covers, best first. @param {number} place */
    return (place) => {
      const found = [];
      for (let group = first[place]; group < first[place + 1]; group += 1) {
        const covered = words.reduce((sum, meant, at) => sum + weights[at] * Math.max(0, ...meant.map(
          ([term, weight]) => Math.min(1, weight) * fit(term, place, group))), 0);
        found.push({ group, cover: covered / all });
      }
      return found.sort((a, b) => b.cover - a.cover);
    };
  };
}

/** Whether a question begins as one for yes or no. @param {string[]} list @param {string[]} opens */
export function wantsYesNo(list, opens) {
  const text = `${list.join(" ")} `;
  return opens.some((open) => text.startsWith(`${open} `));
}

/** The groups in the order of what answers better: of two that fit alike, the one that says yes or no first.
    @template {{group: number, cover: number}} Group
    @param {Group[]} groups @param {(group: number) => string} plainly the sentence in small letters @param {string[]}
    answers */
export function yesNoFirst(groups, plainly, answers) {
  const value = (/** @type {Group} */ { group, cover }) =>
    cover + (answers.some((word) => new RegExp(`^${word}\\b`).test(plainly(group))) ? KIND : 0);
  return [...groups].sort((a, b) => value(b) - value(a));
}
