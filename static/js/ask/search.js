import { emojiOf, mannersOf } from "./manners.js";
import { ranker } from "./rank.js";
import { languageOf, replyTo } from "./replies.js";
import { signsOf } from "./signs.js";
import { coverer, SURE, wantsYesNo, yesNoFirst } from "./sentence.js";

/* The search of Ask: from what somebody typed to the records that answer it. Pure: no page, no network, no storage;
   it keeps no question.

   The same file runs on the phone (ask.js), in the evaluator (tests/ask/evaluate.mjs) and in
   tests/js/search.test.js. It knows no language: which words are alike, which say nothing and which mean danger is
   data (youthapp/content/search-words.toml), part of the index. Near spellings are MiniSearch's; the steps are ours, each with its
   reason beside it:

   1. words: a question becomes known words: text-speak, no accents, one word for all that mean the same, the nearest
      spelling otherwise.
   2. records: every word adds its weight to the records that have it; rare words weigh more, so a long story does
      not drown its one clue (rank.js).
   3. topics: the best records vote for what the question is about, and records of that topic rise: the topic of a
      question is surer than any single record.
   4. danger: words of danger put a guide and its line on top, after the page that answers better, if there is one; a manner of speaking is no danger (manners.js), and what
      may be one or the other is asked back.
   5. the sentence: of the first record, the one that answers, if it is sure enough (sentence.js). */

const LONGEST = 3000; // letters of a question that are read: a pasted story, and never a frozen phone
const MOST_WORDS = 60; // different words that are looked up; a longer story has said it by then

/** An unknown word: how many near spellings count, and how much against a word that is known. */
const NEAR = { most: 3, weight: 0.5 };
/** A small number is mostly an age, and says little of what is asked: how much it counts. */
const AGE = 0.5;

/** The word still being typed, from its third letter: how many of the words it may become count, and how much. */
const BEGUN = { most: 5, weight: 0.35, letters: 3 };

/** A word that nobody knows and that is this long may be several that were run together; each of these is known. */
const RUN_ON = { letters: 7, piece: 3, average: 2.5 };

/** So many pages are looked at for one whose sentence covers the question as well; and how much less one of the same
    topic counts, as a power of its score against the first. */
const RIVALS = 4;
const NEAR_RIVAL = 2;

/** How much of the question a page must cover, and how much more than the guide of a danger, to stand before it: a page
    that knows one word of three ("he is downstairs": down there) is no better. */
const AHEAD = { least: 0.6, more: 0.2 };

/** Share of what is left of a manner of speaking that a page must cover, or none is shown. */
const THIN = 0.35;

const VOTERS = 15;
const VOTE = 0.6; // how far the topic that the voters agree on lifts a record
const SECOND = 0.3; // a second topic that fits counts this much of the first
const COMMON = 0.4; // a topic on many records gets more votes by chance: divided by their number to this power

/**
 * The index as the server sends it (youthapp/ask/index.py).
 *
 * @typedef {{what: string, best: string, limit: string, until?: 1}} Clock
 * @typedef {{id: string, code: string, kind: string, title: string, short: string, groups: number, topics: number[],
 *   line: string, place?: string | null, urgent?: 1 | null, clock?: Clock | null}} IndexRecord what it lacks is null
 * @typedef {{title: string, report: string, hours: string, speaks: string, ways: [kind: string, link: string,
 *   label: string][]}} Line
 * @typedef {{words: string, where: string}} Field
 * @typedef {{card: string, line: string, when: string[]}} DangerGroup
 * @typedef {{stop: string, speak: Record<string, string>, alike: string[], phrases: Record<string, string[]>, topics:
 *   Record<string, string>, danger: DangerGroup[], idiom: {when: string[]}[], fact: {opens: string[], self: string[]},
 *   manners: import("./manners.js").Manners, replies: import("./replies.js").Reply[], languages:
 *   import("./replies.js").Offer[], other: import("./replies.js").Other}} Words
 * @typedef {{language: string, topics: string[], words: Words, lines: Record<string, Line>, asks: Field}} Shared
 * @typedef {Shared & {records: Record<keyof IndexRecord, any[]>}} SentIndex the records as columns, by key
 * @typedef {Shared & {records: IndexRecord[]}} Index
 * @typedef {import("./sentence.js").Sentences} Sentences
 * @typedef {import("./sentence.js").Sentence} Sentence
 *
 * What a question gets.
 *
 * @typedef {IndexRecord & {labels: string[]}} Found a record, with the labels of its topics
 * @typedef {{card: string, line: string, fact: boolean}} Danger
 * @typedef {object} Answer
 * @property {Found[]} found the records, best first
 * @property {string[]} topics what the question is about, surest first
 * @property {Danger | null} danger the guide and the line that come first
 * @property {Danger | null} hurt the guide and the line of a "yes" to "Do you mean someone is hurt?"; null: not asked
 * @property {Sentence | null} sentence of the first record, the one that fits best
 * @property {{name: string, says: string} | null} reply to what is no question
 * @property {import("./replies.js").Offer | null} offer the other language that the question seems to be in
 * @property {string} other what is said to a language that we do not speak; empty otherwise
 * @typedef {{ask(question: string): Answer, askHurt(danger: Danger, question: string): Answer, start: string[],
 *   lines: Record<string, Line>}} Search
 *
 * @typedef {typeof import("minisearch").default} MiniSearchClass
 * @typedef {import("minisearch").SearchResult} Hit
 * @typedef {ReturnType<typeof reader>} Reader
 * @typedef {import("./rank.js").Shelf} Shelf
 * @typedef {Awaited<ReturnType<typeof spellings>>} Books
 */

/** The letters of a text as they are compared: small, no accents, no apostrophes, no letter three times in a row.
    @param {string} text */
export function plain(text) {
  const letters = text.slice(0, LONGEST).toLowerCase().normalize("NFD").replace(/[\p{M}'’‘`´]/gu, "");
  return letters.replace(/(.)\1{2,}/g, "$1");
}

/** The words of a text, of any script; one that writes no spaces between words gives whole phrases.
    @param {string} text @returns {string[]} */
function cut(text) {
  return text.match(/[\p{L}\p{N}]+/gu) || [];
}

/** Plurals and the last vowel (novio, novia, novios) are one word in both languages. More than this made Spanish
    worse: para, parar, parada. @param {string} word */
function root(word) {
  if (word.length < 5) return word;
  const short = word.replace(/(?:es|s)$/, "");
  return short.length > 4 ? short.replace(/[aeo]$/, "") : short;
}

/** One question's words against the index's, in the words of the data. @param {Words} words */
function reader(words) {
  const stop = new Set(cut(words.stop));
  const textSpeak = new Map(Object.keys(words.speak).map((short) => [short, words.speak[short]]));
  /** @type {Map<string, string>} */
  const alike = new Map();
  words.alike.forEach((group) => {
    const all = group.split(" ");
    all.forEach((word) => { if (!alike.has(root(word))) alike.set(root(word), root(all[0])); });
  });
  const phrases = Object.keys(words.phrases).map((word) => {
    const test = new RegExp(` (?:${words.phrases[word].join("|")})(?= )`, "g");
    return { test, word: ` ${word}` };
  });

  /** The one word for all that mean the same. @param {string} word */
  function termOf(word) {
    const base = root(word);
    return alike.get(base) || base;
  }

  /** The words of a text, text-speak written out. @param {string} text */
  function wordsOf(text) {
    /** @type {string[]} */
    const list = [];
    cut(plain(text)).forEach((word) => {
      const meant = textSpeak.get(word);
      list.push(...(meant === undefined ? [word] : cut(meant)));
    });
    return list;
  }

  /** Of some words those that count, phrases as their one word. @param {string[]} list */
  function contentWords(list) {
    let text = ` ${list.join(" ")} `;
    phrases.forEach(({ test, word }) => { text = text.replace(test, word); });
    return cut(text).filter((word) => !stop.has(word));
  }

  return {
    stop,
    termOf,
    wordsOf,
    contentWords,
    /** @param {string} text */
    termsOf: (text) => contentWords(wordsOf(text)).map(termOf),
    /** @returns {string[]} */
    spellings: () => words.alike.reduce((/** @type {string[]} */ all, group) => all.concat(group.split(" ")), []),
  };
}

/** Phrases of words.toml as one test: the words of each in this order, at most two others between, none where "_" joins
    them. One test of all is far quicker than many. @param {string[]} phrases */
function anyOf(phrases) {
  /** @param {string} text */
  const inner = (text) => {
    const patterns = text.split(" ").map((part) => cut(part.replace(/\*/g, "0star"))
      .map((word) => word.replace(/0star$/, "[^ ]*")).join(" "));
    return patterns.join("(?: [^ ]+){0,2}? ");
  };
  const whole = phrases.filter((text) => text[0] === "=").map((text) => `^ ${inner(text)} $`);
  const part = phrases.filter((text) => text[0] !== "=").map(inner);
  return new RegExp(whole.concat(part.length ? ` (?:${part.join("|")})(?= )` : []).join("|"));
}

/** Returns what finds danger in the words of a question: what raises the alarm, and what the page asks about. Phrases come first,
    then signs (signs.js); of another time, or of a story, none raises an alarm. @param {Words} words @param {import(
    "./signs.js").Signs} signs @param {(word: string) => boolean} isKnown */
function dangerWatch(words, signs, isKnown) {
  const groups = words.danger.map((group) => ({ card: group.card, line: group.line, test: anyOf(group.when) }));
  const idiom = anyOf(words.idiom.reduce((/** @type {string[]} */ all, group) => all.concat(group.when), []));
  const opens = words.fact.opens.map((text) => `${text} `);
  const self = new Set(words.fact.self);
  const look = signsOf(signs, isKnown);
  /** @param {string[]} list the words of a question @returns {{danger: Danger | null, maybe: Danger | null, said: boolean}}
      said: whether a phrase says the danger, and not only a sign */
  return (list) => {
    const text = ` ${list.join(" ")} `.replace(idiom, "");
    const found = groups.find((group) => group.test.test(text));
    const fact = opens.some((open) => text.startsWith(` ${open}`)) && !list.some((word) => self.has(word));
    const said = Boolean(found);
    if (found && fact) return { danger: { card: found.card, line: found.line, fact }, maybe: null, said };
    const { seen, time } = look(cut(text));
    const maybe = seen && !fact ? { card: seen.card, line: seen.line, fact } : null;
    const danger = found ? { card: found.card, line: found.line, fact } : seen && seen.sure ? maybe : null;
    if (!time) return { danger, maybe, said };
    return { danger: null, maybe: time === "both" ? danger : null, said };
  };
}

/** A number that youthapp/ask/index.py wrote as letters, to the base of 26. @param {string} step */
function numberOf(step) {
  return [...step.toLowerCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 97, 0);
}

/** A bag of terms for each group, with how many asks have the term, from terms and their steps: the first from the
    first group of the term before, the others from one group to the next, as youthapp/ask/index.py turned them round; a
    digit where more than one ask has it. @param {Field} field @param {number} count */
function unturn(field, count) {
  const bags = Array.from({ length: count }, () => /** @type {Map<string, number>} */ (new Map()));
  const where = field.where.split(" ");
  let first = 0;
  field.words.split(" ").forEach((term, place) => {
    let at = 0;
    (where[place].match(/[A-Z]*[a-z]\d?/g) || []).forEach((step, turn) => {
      const [letters] = /** @type {RegExpExecArray} */ (/[A-Za-z]+/.exec(step));
      at = numberOf(letters) + (turn ? at + 1 : first);
      if (!turn) first = at;
      bags[at].set(term, Number(step.slice(letters.length)) || 1);
    });
  });
  return bags;
}

/** The records of columns. @param {Record<string, any[]>} columns @returns {IndexRecord[]} */
function rowsOf(columns) {
  const rows = columns.id.map(() => /** @type {any} */ ({}));
  Object.keys(columns).forEach((key) => columns[key].forEach((value, place) => { rows[place][key] = value; }));
  return rows;
}

/** What the records hold, as terms, and the sentence of each group. @param {Index} index @param {Sentences} sentences @param {Reader}
    read @returns {Shelf & {textOf: (group: number) => string, recordOf: number[]}} */
function shelfOf({ records, topics, words, asks }, { says }, read) {
  const first = [0];
  /** @type {number[]} */
  const recordOf = [];
  records.forEach(({ groups }, place) => {
    first.push(first[place] + groups);
    recordOf.push(...Array(groups).fill(place));
  });
  const bags = unturn(asks, recordOf.length);
  const ofTopic = topics.map((topic) => read.termsOf(words.topics[topic] || ""));
  const shorts = records.map(({ short }) => new Set(read.termsOf(short)));
  /** @param {number} group */
  const textOf = (group) => (says[group] === 0 ? records[recordOf[group]].short : says[group] || "");
  return {
    bags,
    first,
    recordOf,
    textOf,
    shorts,
    titles: records.map(({ title }) => new Set(read.termsOf(title))),
    topics: records.map((record) => new Set(/** @type {string[]} */ ([]).concat(...record.topics.map((topic) => ofTopic[topic])))),
    sentences: recordOf.map((place, group) => (says[group] === 0 ? shorts[place] : new Set(read.termsOf(textOf(group))))),
    kinds: records.map(({ kind }) => kind),
  };
}

/** Fill the library's index of spellings: of all words that any record has. @param {Shelf} shelf @param {MiniSearchClass}
    MiniSearch @param {Reader} read @param {() => Promise<unknown>} rest */
async function spellings({ bags, titles, shorts, topics, sentences }, MiniSearch, read, rest) {
  const spelling = new MiniSearch({
    fields: ["word"],
    idField: "word",
    tokenize: (/** @type {string} */ list) => [list],
    processTerm: (/** @type {string} */ term) => term,
  });
  /** @type {Set<string>} */
  const vocabulary = new Set();
  [titles, shorts, topics, sentences].forEach((sets) => sets.forEach((set) => set.forEach((term) => vocabulary.add(term))));
  bags.forEach((bag) => bag.forEach((_, term) => vocabulary.add(term)));
  await rest();
  const spelled = new Set(read.spellings().filter((word) => vocabulary.has(read.termOf(word))));
  vocabulary.forEach((term) => spelled.add(term));
  let count = 0;
  for (const word of spelled) {
    spelling.add({ word });
    count += 1;
    if (count % 400 === 0) await rest();
  }
  return { spelling, vocabulary };
}

/** One test of a whole word: whether a phrase or a sign of danger, or a phrase of what is none, has it. @param {Words} words @param
    {import("./signs.js").Signs} signs */
function alarmWord({ danger, idiom }, signs) {
  const phrases = [...danger, ...idiom].reduce((/** @type {string[]} */ all, { when }) => all.concat(when), []);
  const known = new Set(phrases.concat(Object.values(signs.kinds)).join(" ").split(/[ =_]+/));
  const begins = [...known].filter((word) => /^.{4,}\*$/.test(word)).map((word) => word.slice(0, -1));
  return (/** @type {string} */ word) => known.has(word) || begins.some((start) => word.startsWith(start));
}

/** Returns what takes apart words that were run together ("condombroke"): the fewest known words, or the word as it is.
    A word that a phrase of danger has stays whole, or the alarm would miss it ("suicidar").
    @param {Set<string>} vocabulary @param {Reader} read @param {(word: string) => boolean} isAlarm */
function splitter(vocabulary, read, isAlarm) {
  /** @type {Map<string, string[]>} */
  const known = new Map();
  /** @param {string} word */
  const isKnown = (word) => read.stop.has(word) || (word.length >= RUN_ON.piece && vocabulary.has(read.termOf(word)));

  /** @param {string} word */
  function split(word) {
    /** @type {(string[] | null)[]} best way to write the first so many letters */
    const best = [[]];
    for (let end = 1; end <= word.length; end += 1) {
      best[end] = null;
      for (let start = Math.max(0, end - 14); start < end; start += 1) {
        const before = best[start];
        const piece = word.slice(start, end);
        const now = best[end];
        if (before && isKnown(piece) && (!now || before.length + 1 < now.length)) best[end] = [...before, piece];
      }
    }
    const pieces = best[word.length];
    return pieces && word.length >= pieces.length * RUN_ON.average ? pieces : [word];
  }

  /** @param {string} word @returns {string[]} */
  return (word) => {
    if (word.length < RUN_ON.letters || vocabulary.has(read.termOf(word)) || read.stop.has(word)) return [word];
    const before = known.get(word) || (isAlarm(word) ? [word] : split(word));
    known.set(word, before);
    return before;
  };
}

/** Returns what gives the meanings of one word of a question, as [term, weight]. A known word means itself ("hit" is
    not "hot"); an unknown one its nearest spellings; a word still being typed what it may become. @param {Books}
    books @param {Reader} read */
function meanings({ spelling, vocabulary }, read) {
  /** @type {Map<string, [string, number][]>} */
  const known = new Map();
  /** @param {string} word @param {boolean} begun */
  return (word, begun) => {
    const key = begun ? `${word}*` : word;
    const before = known.get(key);
    if (before) return before;
    const term = read.termOf(word);
    /** @type {Map<string, number>} */
    const found = new Map();
    /** @param {Hit[]} hits @param {number} most @param {number} weight */
    const take = (hits, most, weight) => {
      const best = hits.length ? hits[0].score : 1;
      hits.slice(0, most).forEach((hit) => {
        const near = read.termOf(hit.id);
        if (!found.has(near)) found.set(near, weight * hit.score / best);
      });
    };
    if (vocabulary.has(term)) found.set(term, /^\d{1,2}$/.test(word) ? AGE : 1);
    else if (word.length > 3) {
      take(spelling.search(word, { fuzzy: word.length < 6 ? 1 : 2, prefix: word.length > 4 }), NEAR.most, NEAR.weight);
    }
    if (begun && word.length >= BEGUN.letters) {
      take(spelling.search(word, { prefix: true }), BEGUN.most, BEGUN.weight);
    }
    const list = [...found];
    known.set(key, list);
    return list;
  };
}

/** Returns what tells whether a record may answer a question: a county's line only where the county is named, since 21 of them would
    bury the rest. @param {IndexRecord[]} records */
function countyWatch(records) {
  const counties = records.map(({ place }) => (place ? cut(place).filter((word) => word !== "county") : null));
  /** @param {string[]} list all words of a question */
  return (list) => {
    const said = new Set(list);
    return (/** @type {number} */ place) => {
      const county = counties[place];
      return !county || county.some((word) => said.has(word));
    };
  };
}

/** Returns what lets the best records vote for the topics of a question and lifts the records of those. @param
    {IndexRecord[]} records @param {string[]} topics */
function voter(records, topics) {
  const share = topics.map((_, topic) => {
    const count = records.filter((record) => record.topics.includes(topic)).length;
    return (count || 1) ** COMMON;
  });
  /** @param {[number, number][]} ranked [place, score], best first, at least one */
  return (ranked) => {
    /** @type {Map<number, number>} */
    const votes = new Map();
    ranked.slice(0, VOTERS).forEach(([place, score]) => records[place].topics.forEach((topic) => {
      votes.set(topic, (votes.get(topic) || 0) + score * score / share[topic]);
    }));
    const most = Math.max(...votes.values());
    const lifted = ranked.map(([place, score]) => {
      const shares = records[place].topics.map((topic) => (votes.get(topic) || 0) / most);
      const [first = 0, second = 0] = shares.sort((a, b) => b - a);
      return { place, score: score * (1 + VOTE * (first + SECOND * second)) };
    });
    return {
      order: lifted.sort((a, b) => b.score - a.score).map(({ place }) => place),
      scores: new Map(lifted.map(({ place, score }) => [place, score])),
      topics: [...votes].sort((a, b) => b[1] - a[1]).map(([topic]) => topics[topic]),
    };
  };
}

/** The order with the guide and the line of a danger on top; after the first answer where a fact was asked ("what is
    an overdose"). @param {number[]} order @param {number[]} urgent @param {boolean} fact */
function withDanger(order, urgent, fact) {
  const others = order.filter((place) => !urgent.includes(place));
  return fact ? [...others.slice(0, 1), ...urgent, ...others.slice(1)] : [...urgent, ...others];
}

/** Returns what puts the best page before the guide of a danger where it answers better: another guide ("heat stroke" and not fainting),
    or a page of the same topic ("should I shower after being raped"). @param {Found[]} records @param {(place: number) => boolean}
    isGuide */
function aheadOf(records, isGuide) {
  /** @param {number[]} order the guide first @param {number | undefined} top the best page @param {(place: number) => {cover:
      number}[]} covered */
  return (order, top, covered) => {
    const [guide] = order;
    if (top === undefined || top === guide) return order;
    const { cover } = covered(top)[0];
    if (cover < AHEAD.least || cover - covered(guide)[0].cover < AHEAD.more) return order;
    const near = records[top].labels.some((label) => records[guide].labels.includes(label));
    return near || isGuide(top) ? [top, ...order.filter((place) => place !== top)] : order;
  };
}

/** The order without an alarm: what alarms stands after the first three. @param {number[]} order @param
    {(place: number) => boolean} alarms */
function withoutAlarm(order, alarms) {
  const others = order.filter((place) => !alarms(place));
  return [...others.slice(0, 3), ...order.filter(alarms), ...others.slice(3)];
}

/** Returns what finds the sentence of a record. @param {Index} index @param {Found[]} records @param {Sentences}
    sentences @param {ReturnType<typeof shelfOf>} shelf */
function sentencesOf({ words: { manners } }, records, sentences, shelf) {
  const { textOf, recordOf, first } = shelf;
  const cover = coverer(shelf);
  const known = new Map(Object.entries(sentences.known));
  const titles = new Map(records.map(({ code, title }) => [code, title]));
  const instead = sentences.instead.map((other) => ({ ...other, test: anyOf(other.when) }));

  /** @param {number} place @param {string} text @param {number} group @param {number} covered @param {boolean} sure
      @returns {Sentence} */
  function tell(place, text, group, covered, sure) {
    const [line, card, cardTitle = titles.get(card) || ""] = sentences.buttons[group] || ["", ""];
    const record = records[place];
    const next = sentences.next[record.id] || record.labels.map((label) => sentences.next[label]).find(Boolean) || [];
    const publisher = (sentences.from[place] || []).map((number) => sentences.publishers[number]).join(", ");
    return { text, group, cover: covered, sure, line: line || record.line, card, cardTitle, publisher, next };
  }

  return {
    cover,
    /** The codes of the pages that the buttons of a record lead to. @param {number} place */
    leadsTo(place) {
      const groups = recordOf.slice(first[place], first[place + 1]).map((_, at) => first[place] + at);
      return new Set(groups.map((group) => (sentences.buttons[group] || [])[1]));
    },
    /** The record and the sentence of a question that is offered as a tap; null for any other. @param {string} question */
    known(question) {
      const group = known.get(question);
      if (group === undefined) return null;
      return { place: recordOf[group], sentence: tell(recordOf[group], textOf(group), group, 1, true) };
    },
    /** The sentence of a record for a question. @param {number} place @param {[string, number][][]} meant @param
        {string[]} list @param {number} lead the best cover of the records after it */
    best(place, meant, list, lead) {
      let groups = cover(meant)(place);
      if (wantsYesNo(list, manners.yes_no.opens)) {
        groups = yesNoFirst(groups, (group) => plain(textOf(group)), manners.yes_no.answers);
      }
      const [{ group, cover: covered }] = groups;
      const text = textOf(group);
      return text ? tell(place, text, group, covered, covered >= SURE.cover && covered - lead >= SURE.lead) : null;
    },
    /** What to do in a danger: what is meant for somebody like this (a baby), else the step that fits the question, when
        it is sure, else the guide's first answer. @param {number} place @param {[string, number][][]} meant @param
        {string[]} list */
    hands(place, meant, list) {
      const { id } = records[place];
      const other = instead.find(({ card, test }) => card === id && test.test(` ${list.join(" ")} `));
      if (other) return tell(place, other.says, -1, 1, true);
      const step = cover(meant)(place).find(({ group, cover: covered }) =>
        covered >= SURE.step && sentences.acts.includes(group) && textOf(group));
      const usual = sentences.hands[id] === 0 ? records[place].short : sentences.hands[id];
      const text = step ? textOf(step.group) : usual;
      return text ? tell(place, text, step ? step.group : -1, 1, true) : null;
    },
  };
}

/**
 * Make the index ready to be asked.
 *
 * @param {SentIndex} sent
 * @param {Sentences} sentences
 * @param {MiniSearchClass} MiniSearch the library's class
 * @param {() => Promise<unknown>} rest lets the phone breathe between pieces of work
 * @returns {Promise<Search>} whose ask(question) gives an Answer
 */
export async function open(sent, sentences, MiniSearch, rest = () => Promise.resolve()) {
  await rest();
  const index = { ...sent, records: rowsOf(sent.records) };
  const { words } = index;
  const read = reader(words);
  await rest();
  const records = index.records.map((record) => {
    const labels = record.topics.map((topic) => index.topics[topic]);
    return Object.assign(record, { labels });
  });
  const shelf = shelfOf(index, sentences, read);
  await rest();
  const books = await spellings(shelf, MiniSearch, read, rest);
  await rest();
  const meaning = meanings(books, read);
  const telling = sentencesOf(index, records, sentences, shelf);
  await rest();
  const search = searchOf(index, read, {
    dangerIn: dangerWatch(words, sentences.signs, (word) => read.stop.has(word) || books.vocabulary.has(read.termOf(word))),
    guides: [...words.danger, ...sentences.signs.signs],
    rank: ranker(shelf),
    countyOf: countyWatch(records),
    vote: voter(records, index.topics),
    meaning,
    split: splitter(books.vocabulary, read, alarmWord(words, sentences.signs)),
    telling,
  });
  // A few questions of its own, so that the first letter of the reader does not pay for what is made on first use.
  for (const record of records.slice(0, 6)) {
    await rest();
    search.ask(record.title);
  }
  return Object.assign(search, { lines: index.lines, start: sentences.next.start || [] });
}

/**
 * Returns what answers a question, from its parts.
 *
 * @param {Index} index
 * @param {Reader} read
 * @param {{dangerIn: ReturnType<typeof dangerWatch>, guides: {card: string, line: string}[], rank: ReturnType<typeof ranker>,
 *   countyOf: ReturnType<typeof countyWatch>, vote: ReturnType<typeof voter>,
 *   meaning: ReturnType<typeof meanings>, split: (word: string) => string[], telling: ReturnType<typeof sentencesOf>}}
 *   parts
 */
function searchOf(index, read, { dangerIn, guides: urgent, rank, countyOf, vote, meaning, split, telling }) {
  const records = /** @type {Found[]} */ (index.records);
  const { words } = index;
  const places = new Map(records.map((record, place) => [record.id, place]));
  const guides = new Map(urgent.map(({ card, line }) => [places.get(card), { card, line, fact: false }]));
  const idiom = anyOf(words.idiom.reduce((/** @type {string[]} */ all, group) => all.concat(group.when), []));
  const meant = mannersOf(words.manners, new RegExp(idiom.source, "g"));
  const alarming = new Set(words.manners.alarming);
  const ahead = aheadOf(records, (place) => guides.has(place) || records[place].urgent === 1);
  const spell = emojiOf(words.manners);
  const replied = replyTo(words.replies, anyOf);
  const languageIn = languageOf(words.languages, words.other, index.language);
  const nothing = { found: [], topics: [], danger: null, hurt: null, sentence: null, reply: null, offer: null, other: "" };

  /** @param {Danger} danger @returns {number[]} the places of its guide and its line */
  function urgentOf({ card, line }) {
    return /** @type {number[]} */ ([card, line].map((id) => places.get(id)).filter((place) => place !== undefined));
  }

  /** @param {Danger} danger @param {number[]} likely @param {((place: number) => {cover: number}[]) | null} covered null where a
      phrase says the danger, and nothing is asked for a yes or no: then its guide is right */
  function urgentFirst(danger, likely, covered) {
    const order = withDanger(likely, urgentOf(danger), danger.fact);
    return danger.fact || !covered ? order : ahead(order, likely[0], covered);
  }

  /** @param {string} name */
  function replyOf(name) {
    const { says = "" } = words.replies.find((reply) => reply.name === name) || {};
    return { name, says };
  }

  /** Whether the page asks back instead of raising an alarm. @param {Danger | null} danger @param {import(
      "./manners.js").Meant} said @param {number} top */
  function hurtOf(danger, said, top) {
    if (danger) return null;
    if (said.unsure) return dangerIn(said.all).danger || { ...words.manners.hurt, fact: false };
    // A deadly word that no phrase of danger explains, and a guide for danger on top: it may be either.
    if (!said.deadly || said.figurative || top === undefined) return null;
    const { id, line, urgent, labels } = records[top];
    const alarm = urgent && labels.some((label) => alarming.has(label)) ? { card: id, line, fact: false } : null;
    return (urgent && guides.get(top)) || alarm;
  }

  /** @param {string} question @returns {Answer} */
  function ask(question) {
    const list = /** @type {string[]} */ ([]).concat(...read.wordsOf(spell(question)).map(split));
    if (!list.length) return nothing;
    const said = meant(list);
    const { danger, maybe, said: phrase } = dangerIn(said.list);
    const letters = cut(plain(question)).join(" ");
    const known = danger ? null : telling.known(letters);
    const reply = danger || known ? "" : replied(list, letters);
    if (reply) return { ...nothing, reply: replyOf(reply) };
    const last = /[\p{L}\p{N}]$/u.test(question) ? list[list.length - 1] : "";
    const content = [...new Set(read.contentWords(said.list))].slice(0, MOST_WORDS);
    const meanings_ = content.map((word) => meaning(word, word === last));
    const ranked = rank(meanings_, countyOf(said.list));
    const voted = ranked.length ? vote(ranked) : { order: [], topics: [], scores: new Map() };
    const covered = telling.cover(meanings_);
    const likely = voted.order;
    const hurt = known ? null : hurtOf(danger, said, likely[0]);
    const calm = hurt !== null || (said.figurative && !danger && !known);
    const tag = danger || known ? "" : languageIn(cut(plain(question)));
    /** Whether a page alarms after a manner of speaking. @param {number} place */
    const alarms = (place) => covered(place)[0].cover < SURE.cover
      && (guides.has(place) || records[place].labels.some((label) => alarming.has(label)));
    const order = danger ? urgentFirst(danger, likely, phrase && !wantsYesNo(said.list, words.manners.yes_no.opens) ? null : covered)
      : known ? withDanger(likely, [known.place], false)
        : calm ? withoutAlarm(likely, alarms) : likely;
    // After a manner of speaking, a page that alarms and fits badly is no reason to show a list ("died laughing": coughing).
    const fitting = order.slice(0, 3).filter((place) => !calm || !alarms(place));
    const best = Math.max(0, ...fitting.map((place) => covered(place)[0].cover));
    if (calm && !hurt && best < THIN) {
      return { ...nothing, reply: replyOf("manner"), hurt: { ...words.manners.hurt, fact: false } };
    }
    return {
      found: order.map((place) => records[place]),
      topics: voted.topics,
      danger,
      hurt: hurt || (known || danger ? null : maybe),
      sentence: known ? known.sentence : order.length && !tag && !calm ? sentenceOf(order, voted.scores, meanings_, list, danger) : null,
      reply: null,
      offer: words.languages.find((language) => language.tag === tag) || null,
      other: tag === "other" ? words.other.says : "",
    };
  }

  /** @param {number[]} order @param {Map<number, number>} scores @param {[string, number][][]} meanings_ @param
      {string[]} list @param {Danger | null} danger */
  function sentenceOf(order, scores, meanings_, list, danger) {
    const hands = danger && !danger.fact ? telling.hands(order[0], meanings_, list) : null;
    if (hands) return hands;
    const cover = telling.cover(meanings_);
    // A page of the same topic that ranks behind is less of a rival, and so is one that the first page leads to: it says
    // much the same.
    const [top] = order;
    const rival = (/** @type {number} */ place) => {
      const near = records[place].topics[0] === records[top].topics[0] || telling.leadsTo(top).has(records[place].code);
      return near ? Math.min(1, (scores.get(place) || 0) / (scores.get(top) || 1)) ** NEAR_RIVAL : 1;
    };
    const lead = Math.max(0, ...order.slice(1, RIVALS).map((place) => cover(place)[0].cover * rival(place)));
    return telling.best(order[0], meanings_, list, lead);
  }

  return {
    ask,
    /** What a "yes" to "Do you mean someone is hurt?" leads to. @param {Danger} danger @param {string} question @returns {Answer} */
    askHurt(danger, question) {
      const order = urgentOf(danger);
      const found = order.map((place) => records[place]);
      return { ...nothing, found, topics: found[0].labels, danger, sentence: telling.hands(order[0], [], read.wordsOf(question)) };
    },
  };
}
