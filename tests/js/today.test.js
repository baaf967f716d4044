/* What hours mean at a moment (static/js/today.js). */
import assert from "node:assert/strict";
import { test } from "node:test";

import { minuteOfWeek, stateAt } from "../../static/js/today.js";

const DAY = 1440;
/** @param {[day: number, start: number, end: number][]} open */
const hours = (...open) => ({ always: false, zone: "America/Los_Angeles", open });

test("the minute of the week is that of the line's zone", () => {
  const date = new Date("2026-11-23T08:30:00Z"); // Monday, 00:30 in Los Angeles
  assert.equal(minuteOfWeek(date, "America/Los_Angeles"), 30);
  assert.equal(minuteOfWeek(date, "UTC"), 8 * 60 + 30);
  assert.equal(minuteOfWeek(new Date("2026-11-23T07:59:00Z"), "America/Los_Angeles"), 7 * DAY - 1);
});

test("open from the first minute until the last one", () => {
  const line = hours([0, 540, 1020]);
  assert.deepEqual(stateAt(line, 539), { open: false, wait: 1 });
  assert.deepEqual(stateAt(line, 540), { open: true, wait: 0 });
  assert.deepEqual(stateAt(line, 1019), { open: true, wait: 0 });
  assert.deepEqual(stateAt(line, 1020), { open: false, wait: 7 * DAY - 480 });
});

test("hours over midnight are open on the next day, also from Sunday to Monday", () => {
  const line = hours([6, 22 * 60, 2 * 60]);
  assert.equal(stateAt(line, 7 * DAY - 1).open, true);
  assert.equal(stateAt(line, 60).open, true);
  assert.deepEqual(stateAt(line, 120), { open: false, wait: 6 * DAY + 22 * 60 - 120 });
});

test("the next opening is the nearest one", () => {
  assert.deepEqual(stateAt(hours([0, 540, 600], [2, 540, 600]), DAY), { open: false, wait: DAY + 540 });
});

test("a line without hours claims nothing, and one that is always open is open", () => {
  assert.deepEqual(stateAt(hours(), 0), { open: null, wait: null });
  assert.deepEqual(stateAt({ always: true, zone: "", open: [] }, 0), { open: true, wait: 0 });
});
