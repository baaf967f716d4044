/* The evaluator: asks the phone's own search each question of some files and counts how often the answer is right. Run by evaluate.py, or

     node tests/ask/evaluate.mjs <folder with an index for each language: en.json …> questions.jsonl…

   MISSED=1 also prints each question whose first answer is wrong (on standard error). */
import { readdirSync, readFileSync } from "node:fs";
import MiniSearch from "minisearch";
import { open } from "../../static/js/ask/search.js";

const [folder, ...files] = process.argv.slice(2);
const searches = {};
for (const file of readdirSync(folder)) searches[file.replace(".json", "")] = await open(JSON.parse(readFileSync(`${folder}/${file}`, "utf8")), MiniSearch);

const nothing = () => ({ asked: 0, first: 0, three: 0, now: 0, two: 0 });

function count(tally, key, right, urgent) {
  const counts = tally[key] || (tally[key] = nothing());
  counts.asked += 1;
  counts.first += right[0] ? 1 : 0;
  counts.three += right.slice(0, 3).includes(true) ? 1 : 0;
  if (!urgent) return;
  counts.now += 1;
  counts.two += right.slice(0, 2).includes(true) ? 1 : 0;
}

const told = files.map((file) => {
  const languages = {};
  const topics = {};
  for (const line of readFileSync(file, "utf8").trim().split("\n")) {
    const question = JSON.parse(line);
    const { found } = searches[question.language].ask(question.text);
    const right = found.slice(0, 3).map((record) => record.labels.some((label) => question.topics.includes(label)));
    const urgent = question.urgency === "now";
    count(languages, question.language, right, urgent);
    question.topics.forEach((label) => count(topics, label, right, urgent));
    if (process.env.MISSED && !right[0]) console.error(`${right.includes(true) ? " " : "X"} [${question.urgency}] ${question.text.slice(0, 170)} {${question.topics}} -> ${found.slice(0, 3).map((record) => record.id).join(" ")}`);
  }
  return { file, languages, topics };
});
process.stdout.write(JSON.stringify(told));
