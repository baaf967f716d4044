/* The rules of moving between pages (static/js/navigation_rules.js). */
import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_STEPS, idIn, isOurs, releaseIn, withStep } from "../../static/js/navigation_rules.js";

const ORIGIN = "https://ours.test";
const TAP = { defaultPrevented: false, button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false };

/** A link with these attributes. @param {Record<string, string>} [attributes] @param {string} [origin] */
function link(attributes = {}, origin = ORIGIN) {
  return { origin, target: attributes.target || "", hasAttribute: (/** @type {string} */ name) => name in attributes };
}

test("a plain tap on a link of ours is ours", () => {
  assert.equal(isOurs(TAP, link(), ORIGIN), true);
  assert.equal(isOurs(TAP, link({ target: "_self" }), ORIGIN), true);
});

test("another site, a call, a text, a download, the exit and another tab are the browser's", () => {
  // An address that is no web page has the origin "null".
  const others = [
    link({}, "https://other.test"), link({}, "null"), link({ download: "" }), link({ "data-exit": "" }),
    link({ target: "_blank" }),
  ];
  for (const other of others) assert.equal(isOurs(TAP, other, ORIGIN), false);
});

test("a click that means something else is the browser's, or was dealt with", () => {
  const keys = ["metaKey", "ctrlKey", "shiftKey", "altKey"].map((key) => ({ [key]: true }));
  for (const change of [{ defaultPrevented: true }, { button: 1 }, ...keys]) {
    assert.equal(isOurs(Object.assign({}, TAP, change), link(), ORIGIN), false);
  }
});

test("a fragment that is not well-formed names itself", () => {
  assert.equal(idIn("one-line"), "one-line");
  assert.equal(idIn("az-%C3%91"), "az-Ñ");
  assert.equal(idIn("%ZZ"), "%ZZ");
});

test("the release is read from the address of a file", () => {
  assert.equal(releaseIn("/static/0123456789ab/app/ABCDEFGH.js"), "0123456789ab");
  for (const other of [null, "", "/en/", "static/x/y", "/static/"]) assert.equal(releaseIn(other), "");
});

test("the own Back remembers so many steps, the newest", () => {
  /** @type {number[]} */
  let steps = [];
  for (let step = 0; step < MOST_STEPS + 3; step += 1) steps = withStep(steps, step);
  assert.equal(steps.length, MOST_STEPS);
  assert.equal(steps[0], 3);
  assert.equal(steps[MOST_STEPS - 1], MOST_STEPS + 2);
});
