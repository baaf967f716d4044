/* The rules of wrong PINs. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ERASE_AFTER, counted, opened, setBack, waitAfter } from "../../../static/js/plan/attempts.js";

test("the wait grows with wrong tries, from nothing to a minute", () => {
  const waits = Array.from({ length: 300 }, (_, tries) => waitAfter(tries));
  assert.equal(waits[0], 0);
  assert.equal(waits[299], 60);
  assert.deepEqual(
    waits,
    waits.slice().sort((one, other) => one - other),
  );
});

test("a right second PIN between wrong ones never sets the erasing back", () => {
  let tries = { waiting: 0, erasing: 0 },
    wrong = 0;
  while (tries.erasing < ERASE_AFTER) {
    tries = counted(tries);
    wrong += 1;
    tries = setBack(opened(tries, true));
    assert.ok(wrong <= ERASE_AFTER);
  }
  assert.equal(wrong, ERASE_AFTER);
});

test("the first list sets the erasing back at once, and the waiting when it has been open", () => {
  const tries = opened({ waiting: 4, erasing: 4 }, false);
  assert.deepEqual(tries, { waiting: 4, erasing: 0 });
  assert.deepEqual(setBack(tries), { waiting: 0, erasing: 0 });
});

test("what is seen of the waiting does not tell which list was opened", () => {
  for (const second of [false, true]) assert.equal(setBack(opened({ waiting: 7, erasing: 7 }, second)).waiting, 0);
  for (const second of [false, true]) assert.equal(opened({ waiting: 7, erasing: 7 }, second).waiting, 7);
});
