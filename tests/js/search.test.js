/* The search of Ask (static/js/ask/search.js) on a small library of its own. tests/ask measures it on the real one. */
import assert from "node:assert/strict";
import { test } from "node:test";

import MiniSearch from "minisearch";

import { open, plain } from "../../static/js/ask/search.js";

const TOPICS = ["condoms", "hotline", "sleep"];
/** The asks of each record, in the order of RECORDS. */
const ASKS = [
  "condom busted condom broke rubber", "want die kill", "overdose pills", "bed sleep tonight", "talk person", "hospital",
];
const RECORDS = [
  { id: "broke", title: "The condom broke", topics: [0] },
  { id: "die", title: "I want to die", topics: [1] },
  { id: "overdose", title: "They took too much", topics: [1] },
  { id: "bed", title: "A bed for tonight", topics: [2] },
  { id: "line", title: "A line", topics: [1] },
  { id: "yolo", title: "Yolo County's line", topics: [1], place: "yolo county" },
];

/** A field turned round, as youthapp/ask/index.py makes it. @param {string[]} bags */
function turned(bags) {
  const words = Array.from(new Set(bags.join(" ").split(" "))).sort();
  const where = words.map((word) => {
    let last = -1;
    const steps = [];
    for (const [place, bag] of bags.entries()) {
      const times = bag.split(" ").filter((one) => one === word).length;
      if (times) { steps.push(`${place - last}${times > 1 ? "+" : ""}`); last = place; }
    }
    return steps.join(",");
  });
  return { words: words.join(" "), where: where.join(" ") };
}

function search() {
  const records = RECORDS.map((record) => ({ code: record.id, kind: "tips", short: "", line: "", ...record }));
  return open({
    topics: TOPICS,
    words: {
      stop: "the i a to is my",
      speak: { kms: "kill myself" },
      alike: ["condom rubber", "sleep bed"],
      phrases: { overdose: ["too much"] },
      topics: { condoms: "condom", hotline: "line", sleep: "sleep" },
      danger: [
        { card: "die", line: "line", when: ["kill myself", "want* die"] },
        { card: "overdose", line: "line", when: ["overdose"] },
      ],
      idiom: [{ when: ["die laughing"] }],
      fact: { opens: ["what is"], self: ["i", "me"] },
    },
    lines: {},
    records,
    fields: { asks: turned(ASKS), other: turned(RECORDS.map(() => "x")) },
  }, MiniSearch);
}

/** @param {string} question */
const idsFor = async (question) => (await search()).ask(question).found.map(({ id }) => id);

test("letters are compared without case, accents, apostrophes and long drawn letters", () => {
  assert.equal(plain("CONDOOOM can't Ñandú"), "condom cant nandu");
});

test("the record that was asked for comes first, by its own words, by words alike and by misspelt ones", async () => {
  for (const question of ["my condom broke", "the rubber busted", "condm brok", "CONDOOOM"]) {
    assert.equal((await idsFor(question))[0], "broke", question);
  }
  assert.equal((await idsFor("sleep"))[0], "bed");
});

test("a word that is still being typed counts from its third letter", async () => {
  assert.equal((await idsFor("con"))[0], "broke");
  assert.deepEqual(await idsFor("co"), []);
});

test("words of danger put the guide and its line on top; text-speak is understood", async () => {
  const { found, danger } = (await search()).ask("kms");
  assert.deepEqual(found.slice(0, 2).map(({ id }) => id), ["die", "line"]);
  assert.deepEqual(danger, { card: "die", line: "line", fact: false });
});

test("a manner of speaking is no danger, and a fact comes before the guide", async () => {
  assert.equal((await search()).ask("die laughing").danger, null);
  const { found, danger } = (await search()).ask("what is overdose and sleep");
  assert.equal(danger && danger.fact, true);
  assert.deepEqual(found.map(({ id }) => id), ["bed", "overdose", "line"]);
});

test("a county's line answers only where the county is named", async () => {
  assert.equal((await idsFor("line")).includes("yolo"), false);
  assert.equal((await idsFor("line in yolo")).includes("yolo"), true);
});

test("each answer has the labels of its topics, and the question's topics are named, surest first", async () => {
  const { found, topics } = (await search()).ask("condom");
  assert.deepEqual(found[0].labels, ["condoms"]);
  assert.equal(topics[0], "condoms");
});

test("nothing is found for nothing, and what breaks words breaks nothing", async () => {
  for (const question of ["", "   ", "?!", "🍆", "constructor __proto__ toString", "a".repeat(10000)]) {
    assert.deepEqual((await search()).ask(question).found, [], question.slice(0, 20));
  }
});

test("the search keeps no question: the same question gives the same answer after others", async () => {
  const one = await search();
  const first = one.ask("condom").found.map(({ id }) => id);
  one.ask("bed for tonight");
  assert.deepEqual(one.ask("condom").found.map(({ id }) => id), first);
});
