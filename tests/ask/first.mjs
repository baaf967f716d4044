/* What the phone's own search puts first: reads {language, text}[] on standard input and prints {first, labels, alarm,
   sure, found}[]. Run by pairs.py:

     node tests/ask/first.mjs <folder with an index for each language: en.json, en.answers.json …> < questions.json */
import { readdirSync, readFileSync } from "node:fs";
import MiniSearch from "minisearch";
import { open } from "../../static/js/ask/search.js";

const folder = process.argv[2];
/** @type {Record<string, import("../../static/js/ask/search.js").Search>} */
const searches = {};
const read = (/** @type {string} */ name) => JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
for (const file of readdirSync(folder).filter((name) => !name.endsWith(".answers.json"))) {
  const language = file.replace(".json", "");
  searches[language] = await open(read(language), read(`${language}.answers`), MiniSearch);
}
/** @type {{language: string, text: string}[]} */
const questions = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(questions.map(({ language, text }) => {
  const { found, danger, sentence } = searches[language].ask(text);
  const [first] = found;
  return { first: first ? first.id : "", labels: first ? first.labels : [], alarm: Boolean(danger) && !danger?.fact,
    sure: Boolean(sentence?.sure), found: found.length };
})));
