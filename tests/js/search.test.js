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

const MANNERS = {
  fillers: "just me",
  quiet: "die died",
  deadly: "die died",
  alarming: ["hotline"],
  calm: ["{thing} died", "died of {feeling}"],
  unsure: ["so die"],
  hurt: { card: "die", line: "line" },
  slots: { thing: "phone", feeling: "laughter" },
  emoji: { "🍆": "condom" },
  yes_no: { opens: ["can"], answers: ["yes"] },
};
/** @type {import("../../static/js/ask/sentence.js").Sentences} */
const SENTENCES = {
  says: ["Go today.", "Call now.", null, "Yes, tonight.", 0, 0],
  buttons: { 0: ["line", "", ""] },
  publishers: ["CDC"],
  from: [[0], [], [], [], [], []],
  next: { condoms: ["condom broke"] },
  hands: { die: "Stay with someone." },
  instead: [{ card: "overdose", when: ["my baby"], says: "For a baby, call." }],
  acts: [],
  known: { "my sleep": 3 },
  signs: {
    undone: ["hit"],
    grave: ["hit", "cold"],
    kinds: {
      undo: "didnt", past: "years_ago", now: "tonight", story: "movie", me: "i me my", one: "she", not: "not wont", wake: "wak*",
      hit: "hit punched", cold: "freezing", pills: "pills", many: "whole all", took: "took swallowed",
    },
    signs: [
      { card: "overdose", line: "line", alarm: ["one not>wake", "took many>pills"], ask: ["took pills !many"] },
      { card: "die", line: "line", alarm: ["hit me now"], ask: [] },
    ],
  },
};

/** A field turned round, as youthapp/ask/index.py makes it. @param {string[]} bags */
function turned(bags) {
  const words = Array.from(new Set(bags.join(" ").split(" ")));
  let first = 0;
  const where = words.map((word) => {
    let last = -1;
    const steps = [];
    for (const [place, bag] of bags.entries()) {
      const times = bag.split(" ").filter((one) => one === word).length;
      // One small letter is enough: the invented library has fewer than 26 groups.
      if (!times) continue;
      const step = last < 0 ? place - first : place - last - 1;
      steps.push(`${String.fromCharCode(97 + step)}${times > 1 ? times : ""}`);
      if (last < 0) first = place;
      last = place;
    }
    return steps.join("");
  });
  return { words: words.join(" "), where: where.join(" ") };
}

/** Rows as columns, as youthapp/ask/index.py makes them. @param {Record<string, any>[]} rows @returns {any} */
function columns(rows) {
  const keys = Array.from(new Set(rows.flatMap(Object.keys)));
  return Object.fromEntries(keys.map((key) => [key, rows.map((row) => row[key] ?? null)]));
}

function search() {
  const records = RECORDS.map((record) => ({ code: record.id, kind: "tips", short: "", line: "", groups: 1, ...record }));
  return open({
    language: "en",
    topics: TOPICS,
    words: {
      stop: "the i a to is my",
      speak: { kms: "kill myself" },
      alike: ["condom rubber", "sleep bed"],
      phrases: { overdose: ["too much"] },
      topics: { condoms: "condom", hotline: "line", sleep: "sleep" },
      danger: [
        { card: "die", line: "line", when: ["kill myself", "want* die", "cut_me"] },
        { card: "overdose", line: "line", when: ["overdose", "talkbroke", "brokebed*"] },
      ],
      idiom: [{ when: ["die laughing"] }],
      fact: { opens: ["what is"], self: ["i", "me"] },
      manners: MANNERS,
      replies: [
        { name: "hello", when: ["=hi"], says: "Hi." }, { name: "letter", when: [], says: "More letters." },
        { name: "number", when: [], says: "Add a word." }, { name: "manner", when: [], says: "A manner of speaking." },
      ],
      languages: [
        { tag: "en", words: "the how do i", offer: "English?", button: "English" },
        { tag: "es", words: "que como puedo mi", offer: "¿Español?", button: "Español" },
      ],
      other: { scripts: "Han Cyrillic", words: ["je suis pas"], says: "Not yet." },
    },
    lines: {},
    records: columns(records),
    asks: turned(ASKS),
  }, SENTENCES, MiniSearch);
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

test("the words of a phrase may stand two words apart, and side by side where it joins them", async () => {
  const asked = await search();
  assert.equal(asked.ask("want so much die").danger?.card, "die");
  assert.equal(asked.ask("cut me").danger?.card, "die");
  assert.equal(asked.ask("cut beside me").danger, null);
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
  for (const question of ["", "   ", "?!", "🫥", "constructor __proto__ toString", "a".repeat(10000)]) {
    assert.deepEqual((await search()).ask(question).found, [], question.slice(0, 20));
  }
});

test("the search keeps no question: the same question gives the same answer after others", async () => {
  const one = await search();
  const first = one.ask("condom").found.map(({ id }) => id);
  one.ask("bed for tonight");
  assert.deepEqual(one.ask("condom").found.map(({ id }) => id), first);
});

test("the sentence that answers comes with its publisher, its line and the next questions", async () => {
  const { sentence } = (await search()).ask("my condom broke");
  assert.ok(sentence && sentence.sure);
  assert.deepEqual([sentence.text, sentence.line, sentence.publisher], ["Go today.", "line", "CDC"]);
  assert.deepEqual(sentence.next, ["condom broke"]);
});

test("a question that is offered as a tap always gets its own answer", async () => {
  const { found, sentence } = (await search()).ask("My sleep?");
  assert.deepEqual([found[0].id, sentence && sentence.text, sentence && sentence.sure], ["bed", "Yes, tonight.", true]);
});

test("no sentence is shown where the words are another question's, or where the record names none", async () => {
  const { sentence } = (await search()).ask("condom hospital talk sleep");
  assert.ok(!sentence || !sentence.sure);
  assert.equal((await search()).ask("overdose pills what is").sentence, null);
});

test("in a danger the guide says what to do", async () => {
  const { sentence } = (await search()).ask("kms");
  assert.equal(sentence && sentence.text, "Stay with someone.");
});

test("a manner of speaking raises no alarm, and only its own words may stand in it", async () => {
  const one = await search();
  for (const calm of ["my phone just died", "i died of laughter"]) {
    const { danger, hurt, reply } = one.ask(calm);
    assert.equal(danger, null, calm);
    assert.equal(reply && reply.name, "manner", calm);
    assert.notEqual(hurt, null, calm);
  }
  assert.notEqual(one.ask("my phone broke, i want to die").danger, null);
  assert.notEqual(one.ask("phone died and i want to die").danger, null);
});

test("what may be one or the other is asked back, and the answer to yes is the guide", async () => {
  const one = await search();
  const { danger, hurt, found } = one.ask("so die");
  assert.equal(danger, null);
  assert.ok(hurt);
  assert.notEqual(found.length && found[0].id, "die");
  const yes = one.askHurt(hurt, "so die");
  assert.equal(yes.found[0].id, "die");
  assert.equal(yes.sentence && yes.sentence.text, "Stay with someone.");
});

test("a guide says something else first of somebody for whom its usual words would be wrong", async () => {
  const one = await search();
  const said = (/** @type {import("../../static/js/ask/search.js").Answer} */ answer) => answer.sentence && answer.sentence.text;
  assert.equal(said(one.ask("my baby swallowed the whole jar of pills")), "For a baby, call.");
  assert.notEqual(said(one.ask("i swallowed the whole jar of pills")), "For a baby, call.");
  const danger = { card: "overdose", line: "line", fact: false };
  assert.equal(said(one.askHurt(danger, "my baby took pills")), "For a baby, call.");
  assert.notEqual(said(one.askHurt(danger, "i took pills")), "For a baby, call.");
});

test("what is no question gets its reply, and no answer", async () => {
  const one = await search();
  const replies = { hi: "hello", x: "letter", "5105550100": "number" };
  for (const [question, name] of Object.entries(replies)) {
    const { found, reply } = one.ask(question);
    assert.deepEqual([found, reply && reply.name], [[], name], question);
  }
});

test("another language of ours is offered, one that we do not speak is told", async () => {
  const one = await search();
  const { offer } = one.ask("como puedo sleep");
  assert.equal(offer && offer.tag, "es");
  assert.equal(one.ask("how do i sleep").offer, null);
  assert.equal(one.ask("я не могу sleep").other, "Not yet.");
  assert.equal(one.ask("je suis pas").other, "Not yet.");
});

test("words that were run together are taken apart, and emoji are words", async () => {
  assert.equal((await idsFor("condombroke"))[0], "broke");
  assert.equal((await idsFor("🍆 broke"))[0], "broke");
});

test("a word of danger is never taken apart, or the alarm would miss it", async () => {
  const one = await search();
  for (const word of ["talkbroke", "brokebedbed"]) assert.equal(one.ask(word).danger?.card, "overdose", word);
});

/** "alarm", "ask" or "calm", with the guide. @param {string} question */
async function dangerOf(question) {
  const { danger, hurt } = (await search()).ask(question);
  return danger ? `alarm ${danger.card}` : hurt ? `ask ${hurt.card}` : "calm";
}

test("kinds of words that stand together are a sign, in any order or one soon after the other", async () => {
  assert.equal(await dangerOf("she just will not be waking"), "alarm overdose");
  assert.equal(await dangerOf("i swallowed the whole jar of pills"), "alarm overdose");
  assert.equal(await dangerOf("i took pills"), "ask overdose");
  assert.equal(await dangerOf("waking she not"), "calm");
});

test("slips of the finger and spellings by ear are forgiven in a sign", async () => {
  assert.equal(await dangerOf("i swalowed all them pills"), "alarm overdose");
  assert.equal(await dangerOf("i swallwoed all them pills"), "alarm overdose");
});

test("a no undoes a sign, another time or a story silences it, and now beside that asks", async () => {
  assert.equal(await dangerOf("my ex punched me tonight"), "alarm die");
  assert.equal(await dangerOf("my ex didnt really hit me tonight"), "calm");
  assert.equal(await dangerOf("years ago i took all my pills"), "calm");
  assert.equal(await dangerOf("in the movie i took all my pills"), "calm");
  assert.equal(await dangerOf("years ago i took all my pills and tonight too"), "ask overdose");
  assert.equal(await dangerOf("i want to kill myself"), "alarm die");
  assert.equal(await dangerOf("years ago i wanted to kill myself"), "calm");
});

test("two grave kinds that no sign joins are asked about", async () => {
  assert.equal(await dangerOf("she hit me and i am freezing"), "ask die");
  assert.equal(await dangerOf("i am freezing"), "calm");
});
