/* The search of Ask: from what somebody typed to the records that answer it. Pure: no page, no network, no storage; it keeps no question.

   The same file runs on the phone (ask.js) and in the evaluator (tests/ask/evaluate.mjs). It knows no language: which words are alike, which
   say nothing and which mean danger is data (youthapp/ask/words.toml), part of the index. The matching and its weights are MiniSearch's
   (BM25+); what is ours is four steps around it, each with its reason beside it:

   1. words: a question becomes known words: text-speak, no accents, one word for all that mean the same, the nearest spelling otherwise.
   2. records: every word adds its weight to the records that have it; rare words weigh more, so a long story does not drown its one clue.
   3. topics: the best records vote for what the question is about, and records of that topic rise: the topic of a question is surer than
      any single record.
   4. danger: words of danger put a guide and its line on top. */

const LONGEST = 3000; // letters of a question that are read: a pasted story, and never a frozen phone
const MOST_WORDS = 60; // different words that are looked up; a longer story has said it by then
const FIELDS = ["short", "asks", "other", "topic"];

/* Asks are how youths type and weigh most; a title counts as two more asks (as a field of its own, a word that is common in asks and rare in
   titles, "help" or "mom", would choose the record). A short answer names much that is not the question. The other language's asks are for
   mixed speech. Topic words must be able to outvote one chance word. */
const WEIGHTS = { short: 0.3, asks: 4, other: 1.2, topic: 2.5 };
/* b is low: a record with many asks is better described, not longer. */
const BM25 = { k: 1.2, b: 0.3, d: 0.3 };

const NEAR = { most: 3, weight: 0.5 }; // unknown word: how many near spellings count, and how much against a word that is known
const BEGUN = { most: 5, weight: 0.35, letters: 3 }; // the word still being typed, from its third letter: the words it may become

const KEPT = 100; // records that stay in the race after the words
const VOTERS = 15;
const VOTE = 1; // how far the topic that the voters agree on lifts a record
const SECOND = 0.3; // a second topic that fits counts this much of the first
const COMMON = 0.4; // a topic on many records gets more votes by chance: divided by their number to this power

/** The letters of a text as they are compared: small, no accents, no apostrophes, no letter three times in a row. */
export function plain(text) {
  return text.slice(0, LONGEST).toLowerCase().normalize("NFD").replace(/[\p{M}'’‘`´]/gu, "").replace(/(.)\1{2,}/g, "$1");
}

function cut(text) {
  return text.match(/[\p{L}\p{N}]+/gu) || []; // of any script; one that writes no spaces between words gives whole phrases
}

/* Plurals and the last vowel (novio, novia, novios) are one word in both languages. More than this made Spanish worse: para, parar, parada. */
function root(word) {
  if (word.length < 5) return word;
  const short = word.replace(/(?:es|s)$/, "");
  return short.length > 4 ? short.replace(/[aeo]$/, "") : short;
}

/** One question's words against the index's, in the words of the data. */
function reader(words) {
  const stop = new Set(cut(words.stop));
  const speak = new Map(Object.keys(words.speak).map((short) => [short, words.speak[short]]));
  const alike = new Map();
  words.alike.forEach((group) => {
    const all = group.split(" ");
    all.forEach((word) => { if (!alike.has(root(word))) alike.set(root(word), root(all[0])); });
  });
  const one = (word) => { const base = root(word); return alike.get(base) || base; };
  const spoken = (text) => {
    const list = [];
    cut(plain(text)).forEach((word) => { if (speak.has(word)) list.push(...cut(speak.get(word))); else list.push(word); });
    return list;
  };
  const together = Object.keys(words.phrases).map((word) => [new RegExp(` (?:${words.phrases[word].join("|")})(?= )`, "g"), ` ${word}`]);
  /* The words that count of what was said. */
  const telling = (list) => {
    let text = ` ${list.join(" ")} `;
    together.forEach(([test, word]) => { text = text.replace(test, word); });
    return cut(text).filter((word) => !stop.has(word));
  };
  return {
    spoken,
    telling,
    one,
    spellings: () => [].concat(...words.alike.map((group) => group.split(" "))),
  };
}

/* Phrases of words.toml as one test: the words of each in this order, at most two others between. One test of all is far quicker than many. */
function anyOf(phrases) {
  const inner = (text) => cut(text.replace(/\*/g, "0star")).map((word) => word.replace(/0star$/, "[^ ]*")).join("(?: [^ ]+){0,2}? ");
  const whole = phrases.filter((text) => text[0] === "=").map((text) => `^ ${inner(text)} $`);
  const part = phrases.filter((text) => text[0] !== "=").map(inner);
  return new RegExp(whole.concat(` (?:${part.join("|")})(?= )`).join("|"));
}

/** The part of a question that means danger now: which guide, which line. */
function watch(words) {
  const groups = words.danger.map((group) => ({ card: group.card, line: group.line, test: anyOf(group.when) }));
  const idiom = anyOf([].concat(...words.idiom.map((group) => group.when)));
  const opens = words.fact.opens.map((text) => `${text} `);
  const self = new Set(words.fact.self);
  return (list) => {
    const text = ` ${list.join(" ")} `.replace(idiom, "");
    const found = groups.find((group) => group.test.test(text));
    if (!found) return null;
    const fact = opens.some((open) => text.startsWith(` ${open}`)) && !list.some((word) => self.has(word));
    return { card: found.card, line: found.line, fact };
  };
}

/* Words and the steps from one record to the next, as youthapp/ask/index.py turned them round; "+" = in many asks of the record, "++" = in most. */
function unturn(field, count, read) {
  const bags = Array.from({ length: count }, () => []);
  const where = field.where.split(" ");
  field.words.split(" ").forEach((word, place) => {
    const term = read.one(word);
    let at = -1;
    where[place].split(",").forEach((step) => {
      at += parseInt(step, 10);
      bags[at].push(term, ...(step.endsWith("++") ? [term, term, term] : step.endsWith("+") ? [term] : []));
    });
  });
  return bags;
}

/** Make the index ready to be asked. `MiniSearch` is the library's class; `rest` lets the phone breathe between pieces (may be left out).

    Resolves to {ask(question) -> {found: [record], topics: [label], danger}, lines}. `found` is in order, best first, each record with its
    `labels`; `topics` are what the question is about, surest first; `danger` is null or {card, line, fact}. */
export async function open(index, MiniSearch, rest = () => Promise.resolve()) {
  const { records, topics, words } = index;
  await rest();
  const read = reader(words);
  await rest();
  const watched = watch(words);
  const terms = (text) => read.telling(read.spoken(text)).map(read.one);

  const about = topics.map((topic) => terms(words.topics[topic] || ""));
  const asks = unturn(index.fields.asks, records.length, read);
  await rest();
  const other = unturn(index.fields.other, records.length, read);
  await rest();
  const options = { tokenize: (list) => list.split(" ").filter(Boolean), processTerm: (term) => term };
  const book = new MiniSearch({ fields: FIELDS, ...options });
  const spelling = new MiniSearch({ fields: ["word"], idField: "word", ...options });
  const vocabulary = new Set();
  const places = new Map();
  for (let place = 0; place < records.length; place += 1) {
    const record = records[place];
    const title = terms(record.title);
    const bags = { short: terms(record.short), asks: asks[place].concat(title, title), other: other[place], topic: [...new Set([].concat(...record.topics.map((topic) => about[topic])))] };
    FIELDS.forEach((name) => bags[name].forEach((term) => vocabulary.add(term)));
    book.add({ id: place, short: bags.short.join(" "), asks: bags.asks.join(" "), other: bags.other.join(" "), topic: bags.topic.join(" ") });
    places.set(record.id, place);
    if (place % 25 === 24) await rest();
  }
  await rest();
  const spelled = new Set(read.spellings().filter((word) => vocabulary.has(read.one(word))));
  vocabulary.forEach((term) => spelled.add(term));
  let count = 0;
  for (const word of spelled) {
    spelling.add({ word });
    count += 1;
    if (count % 400 === 0) await rest();
  }

  const share = topics.map((_, topic) => Math.pow(records.filter((record) => record.topics.includes(topic)).length || 1, COMMON));
  const weighed = new Map(); // term -> {places, weights}: the next letter asks for one new word only
  const meant = new Map();
  const scores = new Float64Array(records.length);
  const matched = new Uint8Array(records.length);
  const ofWord = new Float64Array(records.length);
  const counties = records.map((record) => (record.place ? cut(record.place).filter((word) => word !== "county") : null));

  function weigh(term) {
    if (!weighed.has(term)) {
      const hits = book.search(term, { boost: WEIGHTS, bm25: BM25 });
      weighed.set(term, { places: hits.map((hit) => hit.id), weights: hits.map((hit) => hit.score) });
    }
    return weighed.get(term);
  }

  /* [[term, weight]] of one word of a question. A known word means itself ("hit" is not "hot"); an unknown one its nearest spellings. */
  function meaning(word, begun) {
    const key = begun ? `${word}*` : word;
    if (meant.has(key)) return meant.get(key);
    const term = read.one(word);
    const found = new Map();
    const take = (hits, most, weight) => {
      const best = hits.length ? hits[0].score : 1;
      hits.slice(0, most).forEach((hit) => { const near = read.one(hit.id); if (!found.has(near)) found.set(near, weight * hit.score / best); });
    };
    if (vocabulary.has(term)) found.set(term, 1);
    else if (word.length > 3) take(spelling.search(word, { fuzzy: word.length < 6 ? 1 : 2, prefix: word.length > 4 }), NEAR.most, NEAR.weight);
    if (begun && word.length >= BEGUN.letters) take(spelling.search(word, { prefix: true }), BEGUN.most, BEGUN.weight);
    const list = [...found];
    meant.set(key, list);
    return list;
  }

  function rank(list, typing) {
    scores.fill(0);
    matched.fill(0);
    const different = [...new Set(read.telling(list))].slice(0, MOST_WORDS);
    const last = typing ? list[list.length - 1] : "";
    different.forEach((word) => {
      const touched = [];
      meaning(word, word === last).forEach(([term, weight]) => {
        const { places: where, weights } = weigh(term);
        where.forEach((place, at) => {
          const score = weights[at] * weight; // a word counts once for a record, by its best meaning
          if (!ofWord[place]) touched.push(place);
          if (score > ofWord[place]) ofWord[place] = score;
        });
      });
      touched.forEach((place) => { scores[place] += ofWord[place]; matched[place] += 1; ofWord[place] = 0; });
    });
    const said = new Set(list);
    const ranked = [];
    scores.forEach((score, place) => {
      // A county's line answers only where the county is named: 21 of them would bury the rest.
      if (score && (!counties[place] || counties[place].some((word) => said.has(word)))) ranked.push([place, score * Math.sqrt(matched[place])]);
    });
    return ranked.sort((a, b) => b[1] - a[1]).slice(0, KEPT);
  }

  function vote(ranked) {
    const votes = new Map();
    ranked.slice(0, VOTERS).forEach(([place, score]) => records[place].topics.forEach((topic) => votes.set(topic, (votes.get(topic) || 0) + score * score / share[topic])));
    const most = Math.max(...votes.values());
    const lifted = ranked.map(([place, score]) => {
      const [first = 0, second = 0] = records[place].topics.map((topic) => (votes.get(topic) || 0) / most).sort((a, b) => b - a);
      return [place, score * (1 + VOTE * (first + SECOND * second))];
    });
    return { lifted: lifted.sort((a, b) => b[1] - a[1]), topics: [...votes].sort((a, b) => b[1] - a[1]).map(([topic]) => topics[topic]) };
  }

  function ask(question) {
    const list = read.spoken(question);
    if (!list.length) return { found: [], topics: [], danger: null };
    const ranked = rank(list, /[\p{L}\p{N}]$/u.test(question));
    const { lifted, topics: nearest } = ranked.length ? vote(ranked) : { lifted: [], topics: [] };
    const danger = watched(list);
    const order = lifted.map(([place]) => place);
    if (danger) {
      const first = [danger.card, danger.line].map((id) => places.get(id)).filter((place) => place !== undefined);
      const rest_ = order.filter((place) => !first.includes(place));
      order.splice(0, order.length, ...(danger.fact ? [...rest_.slice(0, 1), ...first, ...rest_.slice(1)] : [...first, ...rest_]));
    }
    return { found: order.map((place) => records[place]), topics: nearest, danger };
  }

  records.forEach((record) => { record.labels = record.topics.map((topic) => topics[topic]); });
  // A few questions of its own, so that the first letter of the reader does not pay for what is made on first use.
  for (const record of records.slice(0, 6)) {
    await rest();
    ask(record.title);
  }
  return { ask, lines: index.lines };
}
