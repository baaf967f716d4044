/* What a list holds, as data: flat marks (key -> value), so that two tabs can be joined mark by mark and a choice
   is known by its permanent id in every language. Pure. What comes from a backup or from an older release goes
   through read(), which trusts nothing.

     pick:<step>/<choice>  1        a ready choice that was picked
     pick:<step>/keep      1        the section's picks that are best kept in the head go on the list (head.js)
     own:<step>            text     own words of a section
     card:<field>          text     the pocket plan: who, number, …
     order                 [keys]   the order the youth gave
     idle                  seconds  when to lock; 0: only when I leave
     second                base64   the second list's stretched PIN
     veil                  base64   in the second list: the veil of the first one's half */

import { Refused } from "./sealed.js";

/** @typedef {import("./sealed.js").Bytes} Bytes */
/** @typedef {string | number | string[]} Mark */
/** @typedef {Record<string, Mark> & {second?: string, veil?: string, order?: string[], idle?: number}} Marks */
/** @typedef {{schema: number, kind: "plan", marks: Marks}} List */

export const SCHEMA = 3;
const MOST_MARKS = 2000,
  LONGEST = 2000;
const KEY = /^(?:(?:pick|own|card):[a-z0-9/-]{1,90}|order|idle|second|veil)$/;

/* From each past schema to the next. A step never throws anything away that it can carry. */
/** @type {Record<number, (read: any) => {schema: number, kind: string, marks: Record<string, unknown>}>} */
export const STEPS = {
  // From before the first release: groups ({picks: {step: [choice]}, own: {step: text}}).
  1: (read) => {
    /** @type {Record<string, unknown>} */
    const marks = {};
    Object.keys(read.picks || {}).forEach((step) => {
      (read.picks[step] || []).forEach((/** @type {string} */ choice) => {
        marks[`pick:${step}/${choice}`] = 1;
      });
    });
    Object.keys(read.own || {}).forEach((step) => {
      marks[`own:${step}`] = read.own[step];
    });
    return { schema: 2, kind: "plan", marks };
  },
  // Flat marks. Behind the second PIN was a list of another kind, lines to tick (item:<id>, done:<id>); it becomes a
  // plan with own words.
  2: (read) =>
    read.kind === "list" ? { schema: 3, kind: "plan", marks: itemsAsWords(read.marks) } : { ...read, schema: 3 },
};

/**
 * Own words take so many letters at most; what is longer goes on in a place that no page shows, and is carried along.
 */
const MOST_LETTERS = 1900;

/** @param {Record<string, any>} marks @returns {Record<string, unknown>} */
function itemsAsWords(marks) {
  const items = Object.keys(marks).filter((key) => key.startsWith("item:"));
  const moved = (Array.isArray(marks.order) ? marks.order : []).filter((/** @type {string} */ key) =>
    items.includes(key),
  );
  const inOrder = moved.concat(items.filter((key) => !moved.includes(key)));
  /** @type {string[]} */
  const texts = [];
  inOrder.forEach((/** @type {string} */ key) => {
    const line = `${marks[key.replace("item:", "done:")] === 1 ? "✓ " : ""}${marks[key]}`,
      last = texts.length - 1;
    if (last >= 0 && texts[last].length + line.length < MOST_LETTERS) texts[last] += `\n${line}`;
    else texts.push(line.slice(0, LONGEST));
  });
  /** @type {Record<string, unknown>} */
  const carried = {};
  ["veil", "idle"].forEach((key) => {
    if (key in marks) carried[key] = marks[key];
  });
  texts.forEach((text, at) => {
    carried[at === 0 ? "own:plan-tonight" : `own:list-${at}`] = text;
  });
  return carried;
}

/** A list with nothing on it. @returns {List} */
export function blank() {
  return { schema: SCHEMA, kind: "plan", marks: {} };
}

/** A list as bytes (UTF-8 JSON). @param {List} list @returns {Bytes} */
export function write(list) {
  return new TextEncoder().encode(JSON.stringify({ schema: list.schema, kind: list.kind, marks: list.marks }));
}

/** Whether a mark is one that we write. @param {string} key @param {unknown} value @returns {value is Mark} */
function isSane(key, value) {
  if (!KEY.test(key)) return false;
  if (/^(?:own|card):/.test(key) || key === "second" || key === "veil")
    return typeof value === "string" && value.length <= LONGEST;
  if (key === "order") {
    return (
      Array.isArray(value) &&
      value.length <= MOST_MARKS &&
      value.every((item) => typeof item === "string" && item.length <= 120)
    );
  }
  if (key === "idle") return typeof value === "number" && value >= 0 && value <= 86400;
  return value === 1;
}

/**
 * The list in these bytes, brought to today's schema. Throws Refused: "damaged" (not a list of ours, or a hostile
 * one), "newer".
 * @param {Bytes} bytes
 * @returns {List}
 */
export function read(bytes) {
  let found;
  try {
    found = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Refused("damaged");
  }
  if (typeof found !== "object" || found === null || !Number.isInteger(found.schema) || found.schema < 1)
    throw new Refused("damaged");
  if (found.schema > SCHEMA) throw new Refused("newer");
  try {
    while (found.schema < SCHEMA) found = STEPS[found.schema](found);
  } catch (error) {
    throw new Refused("damaged");
  }
  const { kind, marks } = found;
  if (kind !== "plan" || typeof marks !== "object" || marks === null || Array.isArray(marks))
    throw new Refused("damaged");
  const entries = Object.entries(marks);
  if (entries.length > MOST_MARKS) throw new Refused("damaged");
  /** @type {Marks} */
  const clean = {};
  entries.forEach(([key, value]) => {
    if (!isSane(key, value)) throw new Refused("damaged");
    clean[key] = value;
  });
  return { schema: SCHEMA, kind: "plan", marks: clean };
}

/** @param {Mark | undefined} one @param {Mark | undefined} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What two tabs made of the same list: each one's changes; where both wrote other words in one place, both stay, one
 * under the other.
 * @param {List} base the list that both began with
 * @param {List} mine
 * @param {List} theirs
 * @returns {List}
 */
export function joined(base, mine, theirs) {
  const marks = Object.assign({}, theirs.marks);
  new Set([...Object.keys(base.marks), ...Object.keys(mine.marks)]).forEach((key) => {
    const was = base.marks[key],
      is = mine.marks[key],
      there = theirs.marks[key];
    if (same(was, is) || same(is, there)) return;
    if (is === undefined) {
      if (same(there, was)) delete marks[key];
      return;
    }
    const words = key !== "second" && key !== "veil" && !same(there, was);
    if (!words || typeof is !== "string" || typeof there !== "string") {
      marks[key] = is;
      return;
    }
    // Typing on in one tab while the other has the first half of it is one text, not two.
    const isOneText = is.startsWith(there) || there.startsWith(is);
    if (isOneText) marks[key] = is.length >= there.length ? is : there;
    else marks[key] = `${there}\n${is}`.slice(0, LONGEST);
  });
  return { schema: SCHEMA, kind: "plan", marks };
}

/**
 * Keys of everything on the list, in the youth's order: what was moved first, the rest as the page has it. Own words
 * are one key a line: own:<step>#<line>.
 * @param {Marks} marks
 * @param {string[]} known keys in the page's order
 */
export function inOrder(marks, known) {
  /** @type {string[]} */
  const there = [];
  known.forEach((key) => {
    const value = marks[key];
    if (!key.startsWith("own:")) {
      if (value) there.push(key);
      return;
    }
    String(value || "")
      .split("\n")
      .forEach((line, at) => {
        if (line.trim()) there.push(`${key}#${at}`);
      });
  });
  const order = Array.isArray(marks.order) ? marks.order : [];
  const moved = order.filter((key) => there.includes(key));
  return moved.concat(there.filter((key) => !moved.includes(key)));
}
