/* The evaluator: asks the phone's own search each question of some files and counts how often the answer is right. Run
   by evaluate.py, or

     node tests/ask/evaluate.mjs <folder with an index for each language: en.json, en.answers.json …> questions.jsonl…

   MISSED=1 also prints each question whose first answer is wrong (on standard error). */
import { readdirSync, readFileSync } from "node:fs";
import MiniSearch from "minisearch";
import { open } from "../../static/js/ask/search.js";

const [folder, ...files] = process.argv.slice(2);
/** @type {Record<string, import("../../static/js/ask/search.js").Search>} */
const searches = {};
const read = (/** @type {string} */ name) => JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
for (const file of readdirSync(folder).filter((name) => !name.endsWith(".answers.json"))) {
  const language = file.replace(".json", "");
  searches[language] = await open(read(language), read(`${language}.answers`), MiniSearch);
}

/** @typedef {{asked: number, first: number, three: number, now: number, two: number}} Counts */

/** @returns {Counts} */
const nothing = () => ({ asked: 0, first: 0, three: 0, now: 0, two: 0 });

/** @param {Record<string, Counts>} tally @param {string} key @param {boolean[]} right of the first answers @param
    {boolean} urgent */
function count(tally, key, right, urgent) {
  if (!tally[key]) tally[key] = nothing();
  const counts = tally[key];
  counts.asked += 1;
  counts.first += right[0] ? 1 : 0;
  counts.three += right.slice(0, 3).includes(true) ? 1 : 0;
  if (!urgent) return;
  counts.now += 1;
  counts.two += right.slice(0, 2).includes(true) ? 1 : 0;
}

const tallies = files.map((file) => {
  /** @type {Record<string, Counts>} */
  const languages = {};
  /** @type {Record<string, Counts>} */
  const topics = {};
  /** @type {{id: string, language: string, text: string, record: string, group: number, says: string}[]} */
  const shown = [];
  /** @type {{language: string, text: string, danger: boolean, hurt: boolean}[]} */
  const raises = [];
  for (const line of readFileSync(file, "utf8").trim().split("\n")) {
    /** @type {{id: string, language: string, text: string, topics: string[], urgency: string}} */
    const question = JSON.parse(line);
    const { found, sentence, danger, hurt, reply, offer } = searches[question.language].ask(question.text);
    if (sentence && sentence.sure) {
      const { id, language, text } = question;
      shown.push({ id, language, text, record: found[0].id, group: sentence.group, says: sentence.text });
    }
    const raised = danger !== null && !danger.fact;
    raises.push({ language: question.language, text: question.text, danger: raised, hurt: hurt !== null });
    if (!question.topics) continue;
    if (reply || offer) console.error(`taken for no question: ${question.text}`);
    const right = found.slice(0, 3).map((record) => record.labels.some((label) => question.topics.includes(label)));
    const urgent = question.urgency === "now";
    count(languages, question.language, right, urgent);
    question.topics.forEach((label) => count(topics, label, right, urgent));
    if (!process.env.MISSED || right[0]) continue;
    const instead = found.slice(0, 3).map((record) => record.id).join(" ");
    const asked = `[${question.urgency}] ${question.text.slice(0, 170)} {${question.topics}}`;
    console.error(`${right.includes(true) ? " " : "X"} ${asked} -> ${instead}`);
  }
  return { file, languages, topics, shown, raises };
});
process.stdout.write(JSON.stringify(tallies));
