/* Which records answer the words of a question. Pure, as search.js is.

   A record is weighed twice. As a whole (BM25, all its fields as one bag), because most questions are about a page and not about one
   sentence of it; and by its best group of asks, because the words of a question that stand together in one ask say more than the same
   words strewn over a long record. Words that only the sentences have cost no byte: the sentences travel with the index. All numbers are
   measured (DECISIONS.md, "Ask"). */

const TITLE = 1; // a title counts as one more ask
const SHORT = 1; // and so does a short answer
const SENTENCE = 0.3; // any other sentence of the record names much that is not the question
const MANY = 0.6; // of many asks with a word each further one counts less: their number to this power

/* b is low: a record with many asks is better described, not longer. */
const BM25 = { k: 2, b: 0.1, d: 0.3, weight: 4 };
/** A word of the topic must be able to outvote one chance word. */
const TOPIC = 3.25;
/** More matched words, more trust: their number to this power. */
const BREADTH = 0.5;

/** The best group of asks of the first so many records: its share, how soon more asks with a word count no more, what a word of its
    sentence counts, and its breadth. */
const GROUP = { among: 30, weight: 0.5, k: 3, sentence: 0.5, breadth: 0.2 };

const KEPT = 100; // records that stay in the race after the words

/** Pages that explain come before what only names a way on, where both have the words. @type {Record<string, number>} */
const KINDS = { needs: 0.95, reasons: 0.9, limits: 0.9, meeting: 0.9, lines: 0.85, plan: 0.85, moments: 0.85 };

/** Who types a title whole wants that page, whatever it is. */
const NAMED = 1.5;

/**
 * What the records hold, as terms.
 *
 * @typedef {object} Shelf
 * @property {Map<string, number>[]} bags of each group of asks, with how many asks have the term
 * @property {number[]} first the first group of each record, and the number of all groups after the last
 * @property {Set<string>[]} titles of each record
 * @property {Set<string>[]} shorts of each record's short answer
 * @property {Set<string>[]} topics the words of each record's topics
 * @property {Set<string>[]} sentences of each group's sentence
 * @property {string[]} kinds of each record
 *
 * @typedef {[term: string, weight: number][]} Meanings of one word of a question
 */

/** The rarity of a term that so many of all have. @param {number} having @param {number} all */
const rarity = (having, all) => Math.log(1 + (all - having + 0.5) / (having + 0.5));

/** How many of some sets have each term. @param {Iterable<string>[]} sets */
function counted(sets) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  sets.forEach((set) => { for (const term of set) counts.set(term, (counts.get(term) || 0) + 1); });
  return counts;
}

/** A record's terms, each with how much it says of the record. @param {Shelf} shelf @param {number} place */
function described({ bags, first, titles, shorts, sentences }, place) {
  /** @type {Map<string, number>} */
  const asks = new Map();
  /** @type {Set<string>} */
  const said = new Set();
  for (let group = first[place]; group < first[place + 1]; group += 1) {
    bags[group].forEach((count, term) => asks.set(term, (asks.get(term) || 0) + count));
    sentences[group].forEach((term) => said.add(term));
  }
  /** @type {Map<string, number>} */
  const bag = new Map();
  asks.forEach((count, term) => bag.set(term, count ** MANY));
  titles[place].forEach((term) => bag.set(term, (bag.get(term) || 0) + TITLE));
  shorts[place].forEach((term) => bag.set(term, (bag.get(term) || 0) + SHORT));
  said.forEach((term) => { if (!bag.has(term)) bag.set(term, SENTENCE); });
  return bag;
}

/** Returns what weighs the records by one term, as [place, weight]. @param {Shelf} shelf */
function weigher(shelf) {
  const { bags, first, titles, topics, kinds } = shelf;
  const all = kinds.length;
  const records = kinds.map((_, place) => described(shelf, place));
  const lengths = records.map((bag) => [...bag.values()].reduce((sum, value) => sum + value, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / (all || 1);
  // A term is as common as the records that are about it: those that only mention it are left out.
  const about = counted(kinds.map((_, place) => bags.slice(first[place], first[place + 1]).reduce(
    (terms, bag) => { bag.forEach((_count, term) => terms.add(term)); return terms; }, new Set(titles[place]))));
  const inTopics = counted(topics);
  /** @type {Map<string, [number, number][]>} */
  const known = new Map();

  /** @param {string} term */
  return (term) => {
    const before = known.get(term);
    if (before) return before;
    /** @type {[number, number][]} */
    const found = [];
    const rare = BM25.weight * rarity(about.get(term) || 0.5, all);
    const ofTopic = TOPIC * rarity(inTopics.get(term) || 0, all);
    records.forEach((bag, place) => {
      const count = bag.get(term);
      const dampened = BM25.k * (1 - BM25.b + BM25.b * lengths[place] / average);
      const own = count ? rare * (BM25.d + count * (BM25.k + 1) / (count + dampened)) : 0;
      const weight = own + (topics[place].has(term) ? ofTopic : 0);
      if (weight) found.push([place, weight]);
    });
    known.set(term, found);
    return found;
  };
}

/** Returns what weighs a record by its best group of asks. @param {Shelf} shelf */
function groupWeigher({ bags, first, sentences }) {
  const having = counted(bags.map((bag) => bag.keys()));
  /** @param {string} term @param {number} group */
  function fit(term, group) {
    const count = bags[group].get(term);
    const share = count ? count * (GROUP.k + 1) / (count + GROUP.k) : sentences[group].has(term) ? GROUP.sentence : 0;
    return share && share * rarity(having.get(term) || 0, bags.length);
  }

  /** @param {number} place @param {Meanings[]} words */
  return (place, words) => {
    let best = 0;
    for (let group = first[place]; group < first[place + 1]; group += 1) {
      let sum = 0;
      let matched = 0;
      for (const meant of words) {
        let most = 0;
        for (const [term, weight] of meant) most = Math.max(most, weight * fit(term, group));
        sum += most;
        if (most) matched += 1;
      }
      best = Math.max(best, sum * matched ** GROUP.breadth);
    }
    return best;
  };
}

/** Whether the words of a question are a title, whole and with nothing besides; what only means the same is none. @param {Set<string>} title @param {Meanings[]} words */
const isTitle = (title, words) => title.size > 1 && title.size === words.length
  && [...title].every((named) => words.some((meant) => meant.some(([term, weight]) => weight === 1 && term === named)));

/** Returns what ranks the records by the words of a question, as [place, score], best first. @param {Shelf} shelf */
export function ranker(shelf) {
  const { kinds, titles } = shelf;
  const weigh = weigher(shelf);
  const ofGroup = groupWeigher(shelf);
  const scores = new Float64Array(kinds.length);
  const matched = new Uint8Array(kinds.length);
  const ofWord = new Float64Array(kinds.length);

  /** A word counts once for a record, by its best meaning. @param {Meanings} meant */
  function addWord(meant) {
    /** @type {number[]} */
    const touched = [];
    meant.forEach(([term, weight]) => weigh(term).forEach(([place, own]) => {
      const score = own * weight;
      if (!ofWord[place]) touched.push(place);
      if (score > ofWord[place]) ofWord[place] = score;
    }));
    touched.forEach((place) => { scores[place] += ofWord[place]; matched[place] += 1; ofWord[place] = 0; });
  }

  /** @param {Meanings[]} words those of a question that count, each once @param {(place: number) => boolean} fits
      whether a record may answer */
  return (words, fits) => {
    scores.fill(0);
    matched.fill(0);
    words.forEach(addWord);
    /** @type {[number, number][]} */
    const ranked = [];
    scores.forEach((score, place) => {
      if (!score || !fits(place)) return;
      const ofKind = isTitle(titles[place], words) ? NAMED : KINDS[kinds[place]] || 1;
      ranked.push([place, score * matched[place] ** BREADTH * ofKind]);
    });
    const best = ranked.sort((a, b) => b[1] - a[1]).slice(0, KEPT);
    best.slice(0, GROUP.among).forEach((entry) => { entry[1] += GROUP.weight * ofGroup(entry[0], words); });
    return best.sort((a, b) => b[1] - a[1]);
  };
}
