/* Danger in words that nobody wrote down: small kinds of words that stand together ("not" and "wake", "took" and "all" and
   "pills"). Pure, as search.js is; the data is youthapp/content/signs.toml, whose comments say how a sign is written. */

/**
 * @typedef {{card: string, line: string, alarm: string[], ask: string[]}} Sign
 * @typedef {{kinds: Record<string, string>, undone: string[], grave: string[], signs: Sign[]}} Signs
 * @typedef {{card: string, line: string, sure: boolean}} Seen a sign that was found, and whether it is sure enough for an alarm
 * @typedef {Map<string, number[]>} Places kind -> the places in a question where a word of it stands
 */

const STRETCH = 12; // words from the first part of a sign to any other: about one breath of a story told without a stop
const NEXT = 3; // words from one part to the next where they follow one another ("not>wake")
const UNDO = 2; // words after a "not" that it can undo ("he didnt really hit me")
const TYPED = 5; // letters from which a wrong one is forgiven

/** A word as it sounds: silent h, b and v, c, s and z, k and qu, ll and y, doubled letters. @param {string} word */
function sound(word) {
  return word.replace(/qu|c(?![eih])/g, "k").replace(/([^c]|^)h/g, "$1").replace(/ll/g, "y").replace(/v/g, "b")
    .replace(/z|c(?=[ei])/g, "s").replace(/(.)\1/g, "$1");
}

/** Whether two words differ by one letter: a wrong one, a missing one, or two that changed places. @param {string} one @param {string} two */
function isNear(one, two) {
  const [most, least] = [Math.max(one.length, two.length), Math.min(one.length, two.length)];
  if (most - least > 1) return false;
  let start = 0;
  while (start < least && one[start] === two[start]) start += 1;
  let end = 0;
  while (end < least - start && one[one.length - 1 - end] === two[two.length - 1 - end]) end += 1;
  if (start + end >= most - 1) return true;
  return most === least && start + end === most - 2 && one[start] === two[start + 1] && one[start + 1] === two[start];
}

/** Returns what finds the kinds of words in a question. @param {Signs} signs @param {(word: string) => boolean} isKnown
    whether a word is one of the library's, and so no slip of the finger */
function kindsOf({ kinds, undone }, isKnown) {
  /** @type {Map<string, Set<string>>} */
  const whole = new Map();
  /** @type {Map<string, Set<string>>} */
  const begins = new Map();
  /** @type {Map<string, Set<string>>} */
  const sounds = new Map();
  /** Kinds of several words, by their first one. @type {Map<string, {words: string[], kind: string}[]>} */
  const runs = new Map();
  /** @param {Map<string, Set<string>>} map @param {string} key @param {string} kind */
  const add = (map, key, kind) => {
    const set = map.get(key) || new Set();
    map.set(key, set.add(kind));
  };
  Object.keys(kinds).forEach((kind) => kinds[kind].split(" ").forEach((word) => {
    if (word.includes("_")) {
      const words = word.split("_");
      const first = words[0].replace("*", "");
      runs.set(first, (runs.get(first) || []).concat({ words, kind }));
      return;
    }
    add(word.endsWith("*") ? begins : whole, word.replace("*", ""), kind);
    if (word.length >= TYPED) add(sounds, sound(word.replace("*", "")), kind);
  }));
  const starred = [...runs.keys()].filter((first) => (runs.get(first) || []).some(({ words }) => words[0].endsWith("*")));
  const typed = [...whole.keys()].filter((word) => word.length >= TYPED);
  const nots = new Set(kinds.undo.split(" "));
  const undoable = new Set(undone);
  /** @type {Map<string, string[]>} */
  const known = new Map();

  /** @param {string} word @returns {string[]} */
  function kindsIn(word) {
    const before = known.get(word);
    if (before) return before;
    const found = new Set(whole.get(word) || []);
    for (let end = 3; end <= word.length; end += 1) (begins.get(word.slice(0, end)) || []).forEach((kind) => found.add(kind));
    if (!found.size && word.length >= 4 && !isKnown(word)) {
      const heard = sound(word);
      (sounds.get(heard) || []).forEach((kind) => found.add(kind));
      if (!found.size && word.length >= TYPED) {
        typed.filter((other) => isNear(word, other)).forEach((other) => (whole.get(other) || []).forEach((kind) => found.add(kind)));
      }
    }
    const list = [...found];
    known.set(word, list);
    return list;
  }

  /** @param {string} word */
  function runsFrom(word) {
    const found = runs.get(word) || [];
    // A first word may be the beginning of one ("parad*_en").
    return starred.reduce((all, first) => (word !== first && word.startsWith(first) ? all.concat(runs.get(first) || []) : all), found);
  }

  /** @param {string} word @param {string} wanted */
  const is = (word, wanted) => (wanted.endsWith("*") ? word.startsWith(wanted.slice(0, -1)) : word === wanted);

  /** @param {string[]} list @returns {Places} */
  return (list) => {
    /** @type {Places} */
    const places = new Map();
    /** @param {string} kind @param {number} at */
    const put = (kind, at) => {
      if (undoable.has(kind) && list.slice(Math.max(0, at - UNDO), at).some((word) => nots.has(word))) return;
      const old = places.get(kind);
      if (old) old.push(at);
      else places.set(kind, [at]);
    };
    list.forEach((word, at) => {
      kindsIn(word).forEach((kind) => put(kind, at));
      runsFrom(word).forEach(({ words, kind }) => {
        if (words.every((wanted, step) => is(list[at + step] || "", wanted))) put(kind, at);
      });
    });
    return places;
  };
}

/** A sign as parts, each a chain of kinds ("not>wake") or, with a "!", a kind that must not be there. @param {string} text */
function partsOf(text) {
  const parts = text.split(" ");
  return {
    here: parts.filter((part) => part[0] !== "!").map((part) => part.split(">")),
    absent: parts.filter((part) => part[0] === "!").map((part) => part.slice(1)),
  };
}

/** Where a chain begins. @param {string[]} chain @param {Places} places */
function starts([first, ...rest], places) {
  return (places.get(first) || []).filter((start) => {
    let ends = [start];
    return rest.every((kind) => {
      ends = (places.get(kind) || []).filter((at) => ends.some((end) => at > end && at <= end + NEXT));
      return ends.length > 0;
    });
  });
}

/** Whether a sign stands in a question. @param {ReturnType<typeof partsOf>} parts @param {Places} places */
function stands({ here, absent }, places) {
  if (absent.some((kind) => places.has(kind)) || !here.every((chain) => chain.every((kind) => places.has(kind)))) return false;
  const [first, ...others] = here.map((chain) => starts(chain, places));
  return first.some((at) => others.every((list) => list.some((other) => other !== at && Math.abs(other - at) <= STRETCH)));
}

/** Returns what finds a sign of danger in the words of a question, and what says that a question is about another time or a
    story. @param {Signs} signs @param {(word: string) => boolean} isKnown */
export function signsOf(signs, isKnown) {
  const find = kindsOf(signs, isKnown);
  const { grave } = signs;
  const all = signs.signs.map(({ card, line, alarm, ask }) => {
    const kinds = new Set(alarm.concat(ask).join(" ").split(/[ >]/));
    return { card, line, kinds, alarm: alarm.map(partsOf), ask: ask.map(partsOf) };
  });

  /** Two kinds that are grave by themselves, though no sign joins them: the sign that has most of what was said. @param {Places} places
      @returns {Seen | null} */
  function several(places) {
    const said = grave.filter((kind) => places.has(kind));
    const spots = new Set(said.reduce((/** @type {number[]} */ list, kind) => list.concat(places.get(kind) || []), []));
    if (said.length < 2 || spots.size < 2 || !(places.has("me") || places.has("one"))) return null;
    const counts = all.map(({ kinds }) => said.filter((kind) => kinds.has(kind)).length);
    const { card, line } = all[counts.indexOf(Math.max(...counts))];
    return { card, line, sure: false };
  }

  /** The sign that stands in a question, and when it is: "" for now, "past" for another time or a story, "both" where the
      question says that it is now too. @param {string[]} list @returns {{seen: Seen | null, time: "" | "past" | "both"}} */
  return (list) => {
    const places = find(list);
    const elsewhere = places.has("past") || places.has("story");
    /** @param {boolean} sure */
    const look = (sure) => {
      const found = all.find((sign) => (sure ? sign.alarm : sign.ask).some((parts) => stands(parts, places)));
      return found ? { card: found.card, line: found.line, sure } : null;
    };
    return { seen: look(true) || look(false) || several(places), time: !elsewhere ? "" : places.has("now") ? "both" : "past" };
  };
}
