/* The search of Ask: from what somebody typed to the records that answer it. Pure: no page, no network, no storage;
   it keeps no question.

   The same file runs on the phone (ask.js), in the evaluator (tests/ask/evaluate.mjs) and in
   tests/js/search.test.js. It knows no language: which words are alike, which say nothing and which mean danger is
   data (youthapp/content/search-words.toml), part of the index. The matching and its weights are MiniSearch's (BM25+); ours are
   four steps around it, each with its reason beside it:

   1. words: a question becomes known words: text-speak, no accents, one word for all that mean the same, the nearest
      spelling otherwise.
   2. records: every word adds its weight to the records that have it; rare words weigh more, so a long story does
      not drown its one clue.
   3. topics: the best records vote for what the question is about, and records of that topic rise: the topic of a
      question is surer than any single record.
   4. danger: words of danger put a guide and its line on top. */

const LONGEST = 3000; // letters of a question that are read: a pasted story, and never a frozen phone
const MOST_WORDS = 60; // different words that are looked up; a longer story has said it by then
const FIELDS = ["short", "asks", "other", "topic"];

/* Asks are how youths type and weigh most; a title counts as two more asks (as a field of its own, a word that is
   common in asks and rare in titles, "help" or "mom", would choose the record). A short answer names much that is
   not the question. The other language's asks are for mixed speech. Topic words must be able to outvote one chance
   word. */
const WEIGHTS = { short: 0.3, asks: 4, other: 1.2, topic: 2.5 };
/* b is low: a record with many asks is better described, not longer. */
const BM25 = { k: 1.2, b: 0.3, d: 0.3 };

/** An unknown word: how many near spellings count, and how much against a word that is known. */
const NEAR = { most: 3, weight: 0.5 };
/** The word still being typed, from its third letter: how many of the words it may become count, and how much. */
const BEGUN = { most: 5, weight: 0.35, letters: 3 };

const KEPT = 100; // records that stay in the race after the words
const VOTERS = 15;
const VOTE = 1; // how far the topic that the voters agree on lifts a record
const SECOND = 0.3; // a second topic that fits counts this much of the first
const COMMON = 0.4; // a topic on many records gets more votes by chance: divided by their number to this power

/**
 * The index as the server sends it (youthapp/ask/index.py).
 *
 * @typedef {{what: string, best: string, limit: string, until?: 1}} Clock
 * @typedef {{id: string, code: string, kind: string, title: string, short: string, topics: number[], line: string,
 *   place?: string, urgent?: 1, clock?: Clock}} IndexRecord
 * @typedef {{title: string, report: string, hours: string, speaks: string, ways: [kind: string, link: string,
 *   label: string][]}} Line
 * @typedef {{words: string, where: string}} Field
 * @typedef {{card: string, line: string, when: string[]}} DangerGroup
 * @typedef {{stop: string, speak: Record<string, string>, alike: string[], phrases: Record<string, string[]>, topics:
 *   Record<string, string>, danger: DangerGroup[], idiom: {when: string[]}[], fact: {opens: string[], self: string[]}}}
 *   Words
 * @typedef {{topics: string[], words: Words, lines: Record<string, Line>, records: IndexRecord[], fields: {asks: Field,
 *   other: Field}}} Index
 *
 * What a question gets.
 *
 * @typedef {IndexRecord & {labels: string[]}} Found a record, with the labels of its topics
 * @typedef {{card: string, line: string, fact: boolean}} Danger
 * @typedef {{found: Found[], topics: string[], danger: Danger | null}} Answer
 * @typedef {{ask(question: string): Answer, lines: Record<string, Line>}} Search
 *
 * @typedef {typeof import("minisearch").default} MiniSearchClass
 * @typedef {import("minisearch").SearchResult} Hit
 * @typedef {ReturnType<typeof reader>} Reader
 * @typedef {Awaited<ReturnType<typeof shelve>>} Books
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
    termOf,
    wordsOf,
    contentWords,
    /** @param {string} text */
    termsOf: (text) => contentWords(wordsOf(text)).map(termOf),
    /** @returns {string[]} */
    spellings: () => words.alike.reduce((/** @type {string[]} */ all, group) => all.concat(group.split(" ")), []),
  };
}

/** Phrases of words.toml as one test: the words of each in this order, at most two others between. One test of all
    is far quicker than many. @param {string[]} phrases */
function anyOf(phrases) {
  /** @param {string} text */
  const inner = (text) => {
    const patterns = cut(text.replace(/\*/g, "0star")).map((word) => word.replace(/0star$/, "[^ ]*"));
    return patterns.join("(?: [^ ]+){0,2}? ");
  };
  const whole = phrases.filter((text) => text[0] === "=").map((text) => `^ ${inner(text)} $`);
  const part = phrases.filter((text) => text[0] !== "=").map(inner);
  return new RegExp(whole.concat(` (?:${part.join("|")})(?= )`).join("|"));
}

/** Returns what finds the part of a question that means danger now: which guide, which line. @param {Words} words */
function dangerWatch(words) {
  const groups = words.danger.map((group) => ({ card: group.card, line: group.line, test: anyOf(group.when) }));
  const idiom = anyOf(words.idiom.reduce((/** @type {string[]} */ all, group) => all.concat(group.when), []));
  const opens = words.fact.opens.map((text) => `${text} `);
  const self = new Set(words.fact.self);
  /** @param {string[]} list the words of a question @returns {Danger | null} */
  return (list) => {
    const text = ` ${list.join(" ")} `.replace(idiom, "");
    const found = groups.find((group) => group.test.test(text));
    if (!found) return null;
    const fact = opens.some((open) => text.startsWith(` ${open}`)) && !list.some((word) => self.has(word));
    return { card: found.card, line: found.line, fact };
  };
}

/** A bag of terms for each record, from words and the steps from one record to the next, as youthapp/ask/index.py
    turned them round; "+" = in many asks of the record, "++" = in most. @param {Field} field @param {number} count
    @param {Reader} read */
function unturn(field, count, read) {
  const bags = Array.from({ length: count }, () => /** @type {string[]} */ ([]));
  const where = field.where.split(" ");
  field.words.split(" ").forEach((word, place) => {
    const term = read.termOf(word);
    let at = -1;
    where[place].split(",").forEach((step) => {
      at += parseInt(step, 10);
      bags[at].push(term, ...(step.endsWith("++") ? [term, term, term] : step.endsWith("+") ? [term] : []));
    });
  });
  return bags;
}

/** Fill the library's two indexes, one of records and one of spellings. @param {Index} index @param
    {MiniSearchClass} MiniSearch @param {Reader} read @param {() => Promise<unknown>} rest */
async function shelve({ records, topics, words, fields }, MiniSearch, read, rest) {
  const ofTopic = topics.map((topic) => read.termsOf(words.topics[topic] || ""));
  const asks = unturn(fields.asks, records.length, read);
  await rest();
  const other = unturn(fields.other, records.length, read);
  await rest();
  const options = {
    tokenize: (/** @type {string} */ list) => list.split(" ").filter(Boolean),
    processTerm: (/** @type {string} */ term) => term,
  };
  const book = new MiniSearch({ fields: FIELDS, ...options });
  const spelling = new MiniSearch({ fields: ["word"], idField: "word", ...options });
  /** @type {Set<string>} */
  const vocabulary = new Set();
  for (let place = 0; place < records.length; place += 1) {
    const record = records[place];
    const title = read.termsOf(record.title);
    const topic = new Set(/** @type {string[]} */ ([]).concat(...record.topics.map((number) => ofTopic[number])));
    const bags = [read.termsOf(record.short), asks[place].concat(title, title), other[place], [...topic]];
    bags.forEach((bag) => bag.forEach((term) => vocabulary.add(term)));
    book.add(Object.assign({ id: place }, ...bags.map((bag, number) => ({ [FIELDS[number]]: bag.join(" ") }))));
    if (place % 25 === 24) await rest();
  }
  await rest();
  const spelled = new Set(read.spellings().filter((word) => vocabulary.has(read.termOf(word))));
  vocabulary.forEach((term) => spelled.add(term));
  let count = 0;
  for (const word of spelled) {
    spelling.add({ word });
    count += 1;
    if (count % 400 === 0) await rest();
  }
  return { book, spelling, vocabulary };
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
    if (vocabulary.has(term)) found.set(term, 1);
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

/** Returns what ranks the records by the words of a question, as [place, score], best first. @param {IndexRecord[]}
    records @param {Books} books @param {Reader} read */
function ranker(records, books, read) {
  const meaning = meanings(books, read);
  /** Term -> the records that have it: the next letter asks for one new word only. @type {Map<string, {places:
      number[], weights: number[]}>} */
  const weighed = new Map();
  const scores = new Float64Array(records.length);
  const matched = new Uint8Array(records.length);
  const ofWord = new Float64Array(records.length);
  const counties = records.map(({ place }) => (place ? cut(place).filter((word) => word !== "county") : null));

  /** @param {string} term */
  function weigh(term) {
    const before = weighed.get(term);
    if (before) return before;
    const hits = books.book.search(term, { boost: WEIGHTS, bm25: BM25 });
    const found = { places: hits.map((hit) => Number(hit.id)), weights: hits.map((hit) => hit.score) };
    weighed.set(term, found);
    return found;
  }

  /** A word counts once for a record, by its best meaning. @param {string} word @param {boolean} begun */
  function addWord(word, begun) {
    /** @type {number[]} */
    const touched = [];
    meaning(word, begun).forEach(([term, weight]) => {
      const { places, weights } = weigh(term);
      places.forEach((place, at) => {
        const score = weights[at] * weight;
        if (!ofWord[place]) touched.push(place);
        if (score > ofWord[place]) ofWord[place] = score;
      });
    });
    touched.forEach((place) => { scores[place] += ofWord[place]; matched[place] += 1; ofWord[place] = 0; });
  }

  /** @param {string[]} list the words of a question @param {boolean} typing whether the last word may go on */
  return (list, typing) => {
    scores.fill(0);
    matched.fill(0);
    const last = typing ? list[list.length - 1] : "";
    [...new Set(read.contentWords(list))].slice(0, MOST_WORDS).forEach((word) => addWord(word, word === last));
    const said = new Set(list);
    /** @type {[number, number][]} */
    const ranked = [];
    scores.forEach((score, place) => {
      const county = counties[place];
      // A county's line answers only where the county is named: 21 of them would bury the rest.
      const fits = !county || county.some((word) => said.has(word));
      if (score && fits) ranked.push([place, score * Math.sqrt(matched[place])]);
    });
    return ranked.sort((a, b) => b[1] - a[1]).slice(0, KEPT);
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

/**
 * Make the index ready to be asked.
 *
 * @param {Index} index
 * @param {MiniSearchClass} MiniSearch the library's class
 * @param {() => Promise<unknown>} rest lets the phone breathe between pieces of work
 * @returns {Promise<Search>} whose ask(question) gives `found` in order, best first; `topics`, what the question is
 *   about, surest first; and `danger`, null or the guide and the line that come first
 */
export async function open(index, MiniSearch, rest = () => Promise.resolve()) {
  await rest();
  const read = reader(index.words);
  await rest();
  const dangerIn = dangerWatch(index.words);
  const records = index.records.map((record) => {
    const labels = record.topics.map((topic) => index.topics[topic]);
    return Object.assign(record, { labels });
  });
  const places = new Map(records.map((record, place) => [record.id, place]));
  const rank = ranker(records, await shelve(index, MiniSearch, read, rest), read);
  const vote = voter(records, index.topics);

  /** @param {Danger} danger @returns {number[]} the places of its guide and its line */
  function urgentOf({ card, line }) {
    return /** @type {number[]} */ ([card, line].map((id) => places.get(id)).filter((place) => place !== undefined));
  }

  /** @param {string} question @returns {Answer} */
  function ask(question) {
    const list = read.wordsOf(question);
    if (!list.length) return { found: [], topics: [], danger: null };
    const ranked = rank(list, /[\p{L}\p{N}]$/u.test(question));
    const { order, topics } = ranked.length ? vote(ranked) : { order: [], topics: [] };
    const danger = dangerIn(list);
    const all = danger ? withDanger(order, urgentOf(danger), danger.fact) : order;
    return { found: all.map((place) => records[place]), topics, danger };
  }

  // A few questions of its own, so that the first letter of the reader does not pay for what is made on first use.
  for (const record of records.slice(0, 6)) {
    await rest();
    ask(record.title);
  }
  return { ask, lines: index.lines };
}
