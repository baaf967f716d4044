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

/* Hours of places (youthapp/places/wording.py): one day of the month, and days off. */

/** @param {Partial<import("../../static/js/today.js").Hours>} more @returns {any} */
const place = (more) => Object.assign({ always: false, zone: "America/Los_Angeles", open: [], off: [] }, more);
const SATURDAY = 5 * 1440;

test("the first Saturday of a month is not the second one", () => {
  const hours = place({ open: [[5, 600, 720, 1]] });
  assert.deepEqual(stateAt(hours, SATURDAY + 660, "2026-12-05"), { open: true, wait: 0 });
  // From the second Saturday of December to the first of January, which is the 2nd.
  assert.deepEqual(stateAt(hours, SATURDAY + 660, "2026-12-12"), { open: false, wait: 21 * 1440 - 60 });
});

test("a day off is closed, and the wait runs to the next day that is not off", () => {
  const hours = place({ open: [0, 1, 2, 3, 4].map((day) => [day, 540, 1020, 0]), off: ["2026-12-25"] });
  assert.deepEqual(stateAt(hours, 4 * 1440 + 600, "2026-12-25"), { open: false, wait: 3 * 1440 - 60 });
  assert.deepEqual(stateAt(hours, 4 * 1440 + 600, "2026-12-18"), { open: true, wait: 0 });
});

test("always has days off too", () => {
  const hours = place({ always: true, off: ["2026-12-25"] });
  assert.deepEqual(stateAt(hours, 4 * 1440 + 600, "2026-12-25"), { open: false, wait: 840 });
  assert.deepEqual(stateAt(hours, 4 * 1440 + 600, "2026-12-24"), { open: true, wait: 0 });
});

test("a night that began yesterday is still open, on the last night before a day off as well", () => {
  const hours = place({ open: [[4, 1200, 120, 0]], off: ["2026-12-26"] });
  assert.deepEqual(stateAt(hours, SATURDAY + 60, "2026-12-26"), { open: true, wait: 0 });
});

test("hours that never come are not known, and never closed", () => {
  assert.deepEqual(stateAt(place({}), 600, "2026-12-25"), { open: null, wait: null });
});
