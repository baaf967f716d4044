/* Stored records, backups and lists of any bytes: each is opened or refused in words the page has a sentence for; none
   throws anything else, and none takes long. Seeded, so that a failure comes again. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { idIn } from "../../../static/js/navigation_rules.js";
import * as sealed from "../../../static/js/plan/sealed.js";
import * as shape from "../../../static/js/plan/shape.js";

const RUNS = 3000;

/** Numbers from 0 up to, not with, `below` (mulberry32). @param {number} seed */
function chance(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What reading says: "" when it reads, else why it refuses. @param {() => unknown} read */
async function told(read) {
  try {
    await read();
    return "";
  } catch (error) {
    if (error instanceof sealed.Refused) return error.why;
    throw error;
  }
}

const text = (/** @type {string} */ words) => new TextEncoder().encode(words);

test("a stored box of any bytes is read or refused", async () => {
  const pick = chance(1),
    good = sealed.makeBox(sealed.newHeader({ pin: true }), [sealed.unusedSlot(1), sealed.unusedSlot(1)]);
  const seen = new Set();
  for (let run = 0; run < RUNS; run += 1) {
    let bytes = Uint8Array.from(good.slice(0, run % 5 ? good.length : pick(good.length)));
    if (run % 7 === 0) bytes = sealed.random(pick(200));
    for (let change = pick(4); change > 0 && bytes.length; change -= 1)
      bytes[pick(Math.min(bytes.length, 48))] = pick(256);
    seen.add(await told(() => sealed.readBox(bytes)));
  }
  assert.deepEqual([...seen].sort(), ["", "damaged", "newer"]);
});

test("a pasted backup of any letters is refused, and at once", async () => {
  const pick = chance(2),
    [good] = await sealed.sealBackup(text('{"schema":3}'), "a b c d e f", { rounds: 1 });
  const pieces = ["LIST1.", "LIST2.", "1.1.", "0.", "99999999999.", "..", " ", "\u200b", "A2", "é", "=", good, good.slice(9)];
  for (let run = 0; run < 400; run += 1) {
    let pasted = "";
    for (let more = pick(6); more > 0; more -= 1) pasted += pieces[pick(pieces.length)];
    const at = pick(pasted.length + 1);
    if (run % 3 === 0) pasted = pasted.slice(0, at) + String.fromCodePoint(pick(0xd7ff)) + pasted.slice(at + 1);
    const why = await told(() => sealed.openBackup(pasted, "a b c d e f"));
    assert.ok(["", "no-code", "newer", "part-missing", "damaged", "wrong-words"].includes(why), `${why}: ${pasted}`);
  }
});

/** Any JSON value. @param {(below: number) => number} pick @param {number} depth @returns {unknown} */
function anything(pick, depth = 0) {
  const leaves = [null, true, 0, -1, 1e300, "", "x".repeat(3000), "\ud800", "__proto__", "<b>", [], {}];
  if (depth > 2 || pick(3) === 0) return leaves[pick(leaves.length)];
  const keys = ["schema", "kind", "marks", "picks", "own", "order", "own:plan-tonight", "pick:a/b", "item:x", "done:x", "__proto__", "constructor", "veil", "second", "idle"];
  /** @type {Record<string, unknown>} */
  const made = {};
  for (let more = pick(6); more > 0; more -= 1) made[keys[pick(keys.length)]] = anything(pick, depth + 1);
  return pick(4) ? made : Object.values(made);
}

test("an opened list of any shape is read or refused, and changes no prototype", async () => {
  const pick = chance(3),
    seen = new Set();
  for (let run = 0; run < RUNS; run += 1) {
    const made = anything(pick);
    if (made instanceof Object && !Array.isArray(made))
      Object.assign(made, { schema: pick(5), kind: ["plan", "list", "x"][pick(3)] }, pick(3) ? { marks: anything(pick, 1) } : {});
    const bytes = run % 9 ? text(JSON.stringify(made)) : sealed.random(pick(300));
    seen.add(
      await told(() => {
        const list = shape.read(bytes);
        assert.equal(list.schema, shape.SCHEMA);
        Object.values(list.marks).forEach((mark) => {
          assert.ok(["string", "number"].includes(typeof mark) || Array.isArray(mark));
        });
      }),
    );
  }
  assert.ok(seen.has("") && seen.has("damaged"), String([...seen]));
  assert.equal(/** @type {any} */ ({}).schema, undefined);
});

test("a fragment of any letters names an id and throws nothing", () => {
  const pick = chance(4);
  for (let run = 0; run < RUNS; run += 1) {
    let fragment = "";
    for (let more = pick(8); more > 0; more -= 1) fragment += ["%", "%Z", "%ff", "%C3%A9", "a", "é", "\ud800", "#", "%00"][pick(9)];
    assert.equal(typeof idIn(fragment), "string");
  }
});
