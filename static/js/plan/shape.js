/* What a list holds, as data: flat marks (key -> value), so that two tabs can be joined mark by mark and a choice is known by its permanent
   id in every language. Pure. What comes from a backup or from an older release goes through read(), which trusts nothing.

     pick:<step>/<choice>  1          a ready choice that was picked          item:<id>  text   a line of the other, harmless list
     own:<step>            text       own words of a section                  done:<id>  1      and whether it is ticked
     card:<field>          text       the pocket plan: who, number, …         order      [keys] the order the youth gave
     idle                  seconds    when to lock; 0: only when I leave      second     the other list's stretched PIN (base64)
     veil                  in the harmless list: the other slot's veil (base64) */

import { Refused } from "./sealed.js";

export const SCHEMA = 2;
const MOST_MARKS = 2000, LONGEST = 2000, KEY = /^(?:(?:pick|own|card|item|done):[a-z0-9/-]{1,90}|order|idle|second|veil)$/;

/** From each past schema to the next. A step never throws anything away that it can carry.
    1: groups ({picks: {step: [choice]}, own: {step: text}}), from before the first release. 2: flat marks. */
export const STEPS = {
  1: (told) => {
    const marks = {};
    Object.keys(told.picks || {}).forEach((step) => (told.picks[step] || []).forEach((choice) => { marks[`pick:${step}/${choice}`] = 1; }));
    Object.keys(told.own || {}).forEach((step) => { marks[`own:${step}`] = told.own[step]; });
    return { schema: 2, kind: "plan", marks };
  },
};

export function blank(kind = "plan") {
  return { schema: SCHEMA, kind, marks: {} };
}

export function write(list) {
  return new TextEncoder().encode(JSON.stringify({ schema: list.schema, kind: list.kind, marks: list.marks }));
}

function sane(key, value) {
  if (!KEY.test(key)) return false;
  if (/^(?:own|card|item):/.test(key) || key === "second" || key === "veil") return typeof value === "string" && value.length <= LONGEST;
  if (key === "order") return Array.isArray(value) && value.length <= MOST_MARKS && value.every((item) => typeof item === "string" && item.length <= 120);
  if (key === "idle") return typeof value === "number" && value >= 0 && value <= 86400;
  return value === 1;
}

/** The list in these bytes, brought to today's schema. Throws Refused: "damaged" (not a list of ours, or a hostile one), "newer". */
export function read(bytes) {
  let told;
  try { told = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)); } catch (error) { throw new Refused("damaged"); }
  if (typeof told !== "object" || told === null || !Number.isInteger(told.schema) || told.schema < 1) throw new Refused("damaged");
  if (told.schema > SCHEMA) throw new Refused("newer");
  try {
    while (told.schema < SCHEMA) told = STEPS[told.schema](told);
  } catch (error) { throw new Refused("damaged"); }
  const { kind, marks } = told;
  if ((kind !== "plan" && kind !== "list") || typeof marks !== "object" || marks === null || Array.isArray(marks)) throw new Refused("damaged");
  const keys = Object.keys(marks), clean = {};
  if (keys.length > MOST_MARKS || !keys.every((key) => sane(key, marks[key]))) throw new Refused("damaged");
  keys.forEach((key) => { clean[key] = marks[key]; });
  return { schema: SCHEMA, kind, marks: clean };
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** What two tabs made of the same list: each one's changes; where both wrote other words in one place, both stay, one under the other. */
export function joined(base, mine, theirs) {
  const marks = Object.assign({}, theirs.marks);
  new Set([...Object.keys(base.marks), ...Object.keys(mine.marks)]).forEach((key) => {
    const was = base.marks[key], is = mine.marks[key], there = theirs.marks[key];
    if (same(was, is) || same(is, there)) return;
    if (is === undefined) { if (same(there, was)) delete marks[key]; return; }
    const bothWrote = typeof is === "string" && typeof there === "string" && !same(there, was) && key !== "second" && key !== "veil";
    // Typing on in one tab while the other has the first half of it is one text, not two.
    if (bothWrote && !is.startsWith(there) && !there.startsWith(is)) marks[key] = `${there}\n${is}`.slice(0, LONGEST);
    else if (bothWrote) marks[key] = is.length >= there.length ? is : there;
    else marks[key] = is;
  });
  return { schema: SCHEMA, kind: mine.kind, marks };
}

/** Keys of everything on the list, in the youth's order: what was moved first, the rest as the page has it (`known`), own lines as own:<step>#<n>. */
export function inOrder(marks, known) {
  const there = [];
  known.forEach((key) => {
    if (key.startsWith("own:")) (marks[key] || "").split("\n").forEach((line, at) => { if (line.trim()) there.push(`${key}#${at}`); });
    else if (marks[key]) there.push(key);
  });
  const moved = (marks.order || []).filter((key) => there.includes(key));
  return moved.concat(there.filter((key) => !moved.includes(key)));
}
