/* Narrowing a list of places by taps, and the pages of Near that a question names (static/js/near). */

import assert from "node:assert/strict";
import test from "node:test";
import { pagesFor } from "../../static/js/near/found.js";
import { answer } from "../../static/js/near/narrow.js";

/** A place as the page has it. @param {Record<string, string>} dataset @param {string} [open] @returns {any} */
function place(dataset, open) {
  return { dataset, querySelector: () => ({ dataset: { open } }) };
}

test("a place that does not say is neither a yes nor a no", () => {
  const silent = place({ idNeeded: "ask", speaks: "", walkIn: "", ages: "-" });
  for (const wish of ["open", "id", "speaks-es", "walk", "minor", "adult"]) assert.equal(answer(silent, [wish]), null, wish);
});

test("unknown hours are never counted as closed", () => {
  assert.equal(answer(place({}, "unknown"), ["open"]), null);
  assert.equal(answer(place({}, "no"), ["open"]), false);
  assert.equal(answer(place({}, "yes"), ["open"]), true);
});

test("ages are for whoever the place lets in", () => {
  assert.equal(answer(place({ ages: "12-17" }), ["minor"]), true);
  assert.equal(answer(place({ ages: "12-17" }), ["adult"]), false);
  assert.equal(answer(place({ ages: "18-" }), ["minor"]), false);
  assert.equal(answer(place({ ages: "-21" }), ["adult"]), true);
});

test("one no rules a place out, whatever else it says", () => {
  assert.equal(answer(place({ idNeeded: "no", speaks: "en" }), ["id", "speaks-es"]), false);
  assert.equal(answer(place({ idNeeded: "no", speaks: "en es" }), ["id", "speaks-es"]), true);
});

/** @type {import("../../static/js/near/found.js").Words} */
const WORDS = {
  near: ["near", "near me"],
  county: ["county"],
  kinds: [{ digit: 1, name: "A bed", words: ["bed", "place to sleep"] }, { digit: 2, name: "Food", words: ["food"] }],
  counties: [
    { id: "fresno", names: ["Fresno"], kinds: [1, 2], towns: [["Clovis", "clovis", [2]], ["Fresno", "fresno", [1]]] },
    { id: "lake", names: ["Lake"], kinds: [2], towns: [["Clearlake"]] },
    { id: "los-angeles", names: ["Los Angeles", "la"], kinds: [2], towns: [["Cañada"]] },
  ],
};
/** @param {string} question */
const paths = (question) => pagesFor(question, WORDS).map((found) => found.path);

test("a kind and a county lead to its list, a town of a large county to its own", () => {
  assert.deepEqual(paths("food near clovis"), ["/fresno/in/clovis/2"]);
  assert.deepEqual(paths("is there FOOD in Fresno?"), ["/fresno/2"]);
  assert.deepEqual(paths("a place to sleep in clovis"), ["/fresno/1"]);
  assert.deepEqual(paths("food la canada"), ["/los-angeles/2"]);
  assert.deepEqual(paths("food clearlake"), ["/lake/2"]);
});

test("the name of a county alone says nothing", () => {
  assert.deepEqual(paths("we went to the lake"), []);
  assert.deepEqual(paths("lake county"), ["/lake"]);
  assert.deepEqual(paths("is lala a word"), []);
});

test("near me leads to the counties that have the kind; without it a kind alone leads nowhere", () => {
  assert.deepEqual(paths("food near me"), ["/k/2"]);
  assert.deepEqual(paths("he gave me food"), []);
});
