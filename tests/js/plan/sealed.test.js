/* The sealed format without a browser; the bytes themselves are pinned in tests/plan/test_sealed.py, against a
   second implementation. */

import assert from "node:assert/strict";
import { test } from "node:test";

import * as sealed from "../../../static/js/plan/sealed.js";

const text = (/** @type {string} */ words) => new TextEncoder().encode(words);
const why = async (/** @type {() => Promise<unknown>} */ work) => {
  try {
    await work();
    return "fine";
  } catch (error) {
    return error.why || String(error);
  }
};

test("either PIN opens its own half, and no other words do", async () => {
  const header = sealed.newHeader({ pin: true, rounds: 10 }),
    secret = sealed.random(32),
    slots = [];
  for (const [slot, words] of ["one one", "two two"].entries()) {
    const keys = await sealed.slotKeys(secret, await sealed.stretch(words, header), header, slot);
    slots.push(await sealed.sealSlot(keys, header, slot, text(words), slot + 1));
  }
  const box = sealed.readBox(sealed.makeBox(header, slots));
  for (const [slot, words] of ["ONE  one", "two two"].entries()) {
    const opened = await sealed.openBox(box, secret, await sealed.stretch(words, header));
    assert.ok(opened);
    assert.equal(opened.slot, slot);
    assert.equal(new TextDecoder().decode(opened.text), words.toLowerCase().replace("  ", " "));
  }
  assert.equal(await sealed.openBox(box, secret, await sealed.stretch("three", header)), null);
});

test("a code that names an endless number of parts is refused at once", async () => {
  const [part] = await sealed.sealBackup(text("{}"), "a b c d e f", { rounds: 1 });
  for (const count of ["4000000000", "99999999999999999999999", "201"]) {
    assert.equal(await why(() => sealed.openBackup(part.replace(".1.1.", `.1.${count}.`), "a b c d e f")), "damaged");
    assert.equal(await why(() => sealed.openBackup(part.replace(".1.1.", `.${count}.1.`), "a b c d e f")), "damaged");
  }
  assert.equal(await why(() => sealed.openBackup(part.replace(".1.1.", ".0.1."), "a b c d e f")), "damaged");
  assert.equal(await why(() => sealed.openBackup(part.replace(".1.1.", ".1.2."), "a b c d e f")), "part-missing");
  assert.equal(await why(() => sealed.openBackup(part, "A b c d e F ")), "fine");
});
