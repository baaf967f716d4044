/* What a list holds: joining two tabs' changes, the youth's order, and old schemas. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { SCHEMA, STEPS, blank, inOrder, joined, read, write } from "../../../static/js/plan/shape.js";

/** @param {Record<string, import("../../../static/js/plan/shape.js").Mark>} marks */
const list = (marks) => ({ ...blank(), marks });

test("what two tabs changed is joined, and words of both stay", () => {
  const base = { "pick:a/b": 1, "own:x": "one", "own:y": "same" };
  const mine = { "pick:a/b": 1, "own:x": "one, mine", "own:y": "same", "card:who": "Lu" };
  const theirs = { "own:x": "one, theirs", "own:y": "same" };
  assert.deepEqual(joined(list(base), list(mine), list(theirs)).marks, {
    "own:x": "one, theirs\none, mine",
    "own:y": "same",
    "card:who": "Lu",
  });
});

test("typing on is one text, and what both took away is away", () => {
  assert.deepEqual(joined(list({}), list({ "own:x": "Lu and" }), list({ "own:x": "Lu" })).marks, { "own:x": "Lu and" });
  assert.deepEqual(joined(list({ "own:x": "Lu" }), list({}), list({ "own:x": "Lu" })).marks, {});
});

test("the order is the reader's: what was moved first, then as the page has it", () => {
  const marks = { "pick:a/a": 1, "own:a": "one\n\ntwo", "pick:b/c": 1, order: ["pick:b/c", "own:a#2", "pick:gone/a"] };
  assert.deepEqual(inOrder(marks, ["pick:a/a", "own:a", "pick:b/c"]), ["pick:b/c", "own:a#2", "pick:a/a", "own:a#0"]);
});

test("a list comes back from its bytes, and there is a step from every older schema", () => {
  const marks = { "pick:plan-people/a": 1, "own:plan-people": "ñ", idle: 60, order: ["pick:plan-people/a"] };
  assert.deepEqual(read(write(list(marks))).marks, marks);
  assert.deepEqual(
    Object.keys(STEPS),
    Array.from({ length: SCHEMA - 1 }, (_, at) => String(at + 1)),
  );
});

test("what is not ours is refused by name", () => {
  const why = (/** @type {unknown} */ value) => {
    try {
      read(new TextEncoder().encode(JSON.stringify(value)));
      return "fine";
    } catch (error) {
      return error.why;
    }
  };
  assert.equal(why({ schema: SCHEMA + 1, kind: "plan", marks: {} }), "newer");
  for (const bad of [
    null,
    [],
    { schema: 0 },
    { schema: SCHEMA, kind: "app", marks: {} },
    { schema: SCHEMA, kind: "plan", marks: { onload: "x" } },
  ]) {
    assert.equal(why(bad), "damaged");
  }
});

test("the second list of an older release becomes a plan, line by line, and loses nothing", () => {
  const marks = { "item:a": "Milk", "item:b": "Socks", "done:b": 1, order: ["item:b"], veil: "AAAA", idle: 60 };
  const old = (/** @type {unknown} */ of) =>
    new TextEncoder().encode(JSON.stringify({ schema: 2, kind: "list", marks: of }));
  assert.deepEqual(read(old(marks)).marks, { "own:plan-tonight": "✓ Socks\nMilk", veil: "AAAA", idle: 60 });
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`item:${at}`, `${at} ${"x".repeat(300)}`]));
  const words = Object.values(read(old(many)).marks)
    .join("\n")
    .split("\n");
  assert.deepEqual(words.sort(), Object.values(many).sort());
});
