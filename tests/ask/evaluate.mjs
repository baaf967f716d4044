import { readFileSync } from "node:fs";
const load = async (path) => import("data:text/javascript;base64," + readFileSync(path).toString("base64"));
const { open } = await load("static/js/ask/search.js");
const MiniSearch = (await load("static/js/lib/minisearch.js")).default;
const [dir, ...files] = process.argv.slice(2);
const P = JSON.parse(process.env.P || "{}");
const engines = {};
for (const l of ["en", "es"]) engines[l] = await open(JSON.parse(readFileSync(`${dir}/index-${l}.json`)), MiniSearch);
const data = {}; for (const l of ["en", "es"]) data[l] = JSON.parse(readFileSync(`${dir}/index-${l}.json`));
for (const file of files) {
  const qs = readFileSync(file, "utf8").trim().split("\n").map(JSON.parse);
  const tally = {};
  for (const q of qs) {
    const found = engines[q.language].ask(q.text).found.slice(0, 10);
    const right = found.map((f) => f.topics.some((t) => q.topics.includes(data[q.language].topics[t])));
    const first = right[0], three = right.slice(0, 3).includes(true), two = right.slice(0, 2).includes(true);
    const t = tally[q.language] = tally[q.language] || { n: 0, first: 0, three: 0, now: 0, two: 0 };
    t.n++; t.first += !!first; t.three += three; if (q.urgency === "now") { t.now++; t.two += two; }
    if (process.env.SHOW && (process.env.SHOW === "3" ? !three : !first)) console.log(`${three ? " " : "X"} [${q.urgency}] ${q.text.slice(0, 150)} {${q.topics}} -> ${found.slice(0, 3).map((f) => f.id).join(" ")}`);
  }
  for (const [l, t] of Object.entries(tally)) console.log(file.split("/").pop().padEnd(26), l, "n", t.n, "first", (100 * t.first / t.n).toFixed(1), "three", (100 * t.three / t.n).toFixed(1), "urgent2", t.two + "/" + t.now);
}
