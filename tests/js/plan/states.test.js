/* The table of the plan's states: what may follow what, and that anything else throws. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { TRANSITIONS, isShown, next } from "../../../static/js/plan/states.js";

/** @typedef {import("../../../static/js/plan/states.js").State} State */
/** @typedef {import("../../../static/js/plan/states.js").Move} Move */

const STATES = /** @type {State[]} */ (Object.keys(TRANSITIONS));
const MOVES = /** @type {Move[]} */ (Array.from(new Set(STATES.flatMap((state) => Object.keys(TRANSITIONS[state])))));
/** States in which no list is held. */
const EMPTY = /** @type {State[]} */ (["closed", "opening", "locked", "broken", "erased"]);

test("a move that is not in the table throws and names both", () => {
  let illegal = 0;
  for (const state of STATES) {
    for (const move of MOVES) {
      if (move in TRANSITIONS[state]) assert.ok(STATES.includes(next(state, move)), `${state} ${move}`);
      else {
        illegal += 1;
        assert.throws(() => next(state, move), new RegExp(`"${move}" from state "${state}"`));
      }
    }
  }
  assert.ok(illegal > 20);
});

test("what takes words off the screen is legal everywhere and never ends in a shown list", () => {
  for (const state of STATES) {
    for (const move of /** @type {Move[]} */ (["hide", "leave", "erase"]))
      assert.equal(isShown(next(state, move)), false, `${state} ${move}`);
    assert.equal(next(state, "erase"), "erased");
    assert.ok(next(state, "gone"));
  }
});

test("a kept list opens by no other way than a try that is still wanted", () => {
  for (const state of STATES.filter((state) => state !== "opening")) assert.throws(() => next(state, "unlock"));
  // Hidden or left while the PIN was worked on: what comes of it finds no way in.
  assert.equal(next("opening", "hide"), "locked");
  assert.equal(next("opening", "leave"), "locked");
  assert.throws(() => next("locked", "unlock"));
});

test("one try at a time", () => assert.throws(() => next("opening", "try")));

test("a list whose keeping ended while it was covered waits for its PIN", () =>
  assert.equal(next("covered", "keep"), "locked"));

test("nothing can be kept where no list is", () => {
  for (const state of EMPTY) assert.throws(() => next(state, "keep"), state);
});

test("every state can be reached, and every state can be left", () => {
  const reached = new Set(/** @type {State[]} */ (["closed"]));
  for (let size = 0; size !== reached.size; ) {
    size = reached.size;
    for (const state of Array.from(reached)) Object.values(TRANSITIONS[state]).forEach((after) => reached.add(after));
  }
  assert.deepEqual(Array.from(reached).sort(), STATES.sort());
  for (const state of STATES)
    assert.ok(
      Object.values(TRANSITIONS[state]).some((after) => after !== state),
      state,
    );
});
