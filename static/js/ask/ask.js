/* Ask in your own words: the field on home and on the Ask page, and the list of answers under it.

   Dangers first. What is typed stands in the field and nowhere else: no request holds it, nothing is stored, the address does not change, and
   it is dropped when the page goes (stop, "app:leave", pagehide). The one request is for the index, the same bytes for everyone, on the first
   touch of the field and not before; it must never depend on what is typed. All words come from the page's templates; what the index says is
   put in as text, never as HTML. */

const MOST = 8; // answers on the list: two screens of a small phone
const QUIET = 900; // milliseconds after the last letter until a screen reader is told how many there are

const finders = new Map(); // address of the index -> Promise of the search, for as long as the tab lives

const breathe = () => new Promise((done) => setTimeout(done, 0));

async function load(address) {
  const [answer, search, library] = await Promise.all([fetch(address, { credentials: "omit" }), import("./search.js"), import("minisearch")]);
  if (!answer.ok) throw new Error("no index");
  return search.open(await answer.json(), library.default, breathe);
}

function finder(address) {
  if (!finders.has(address)) {
    const loading = load(address);
    loading.catch(() => finders.delete(address)); // the next touch tries again: the network may be back
    finders.set(address, loading);
  }
  return finders.get(address);
}

/* "Call {number}" into an element, each {part} in its own <bdi>, so that a number reads left to right and does not break. */
function fill(element, words, parts) {
  words.split(/(\{[a-z]+\})/).forEach((piece) => {
    const part = parts[piece.slice(1, -1)];
    if (piece[0] !== "{" || part === undefined) { element.append(piece); return; }
    const number = document.createElement("bdi");
    number.className = "num";
    number.textContent = part;
    element.append(number);
  });
}

function pick(root, name) {
  return root.querySelector(`[data-${name}]`);
}

function copy(section, name) {
  return document.importNode(pick(section, name).content, true);
}

/** Start the piece: returns stop(), which forgets what was typed. */
export function start(section) {
  const kinds = JSON.parse(section.dataset.kinds);
  const link = section.querySelector(".asking");
  link.replaceWith(copy(section, "field"));
  const field = pick(section, "ask");
  const answers = pick(section, "answers");
  const told = section.querySelector("[role=status]");
  const empty = pick(section, "empty");
  let lines = {};
  let drawing = 0;
  let telling = 0;

  /* One button of a line; its words stand in the template, with {number} and {word} where the index's own go. */
  function wayOf(act, name, address, parts) {
    const way = pick(act, name);
    way.hidden = false;
    way.href = address;
    const label = pick(way, "words");
    if (label) {
      const words = parts.word ? label.dataset.withWord : label.textContent;
      label.textContent = "";
      fill(label, words, parts);
    }
    return way;
  }

  /* What can be done from the list: the clock of the first answer, and the buttons of its line under what the line has to report. */
  function acting(record) {
    const line = lines[record.line];
    if (!line && !record.clock) return null;
    const act = copy(section, "act");
    if (record.clock) {
      pick(act, "clock").hidden = false;
      ["what", "best", "limit"].forEach((name) => { pick(act, name).textContent = record.clock[name]; });
    }
    if (line) {
      pick(act, "line").hidden = false;
      pick(act, "name").textContent = line.title;
      pick(act, "hours-words").textContent = line.hours;
      pick(act, "report").textContent = line.report;
      const ways = [];
      if (line.call) ways.push(wayOf(act, "call", line.call[0], { number: line.call[1] }));
      if (line.text) ways.push(wayOf(act, "text", line.text[0], { word: line.text[1], number: line.text[2] }));
      if (line.chat) ways.push(wayOf(act, "chat", line.chat, {}));
      if (ways.length) ways[0].classList.add("first");
    }
    return act;
  }

  /* The list is made once and then changed only where an answer changed: a slow phone lays out little with each letter. */
  answers.append(copy(section, "danger"), copy(section, "nothing"), copy(section, "failed"));
  const [danger, nothing, failed] = answers.children;
  const list = document.createElement("ol");
  list.className = "answers";
  const after = document.createElement("div");
  after.append(copy(section, "after"));
  answers.append(list, after);
  const rows = [];

  function item(record, place) {
    if (rows[place] && rows[place].record === record) return;
    const piece = copy(section, "item");
    const row = piece.querySelector("li");
    row.dataset.result = record.id;
    row.dataset.topics = record.labels.join(" ");
    pick(row, "open").href = section.dataset.records + record.code;
    pick(row, "kind").textContent = kinds[record.kind];
    pick(row, "title").textContent = record.title;
    pick(row, "short").textContent = record.short;
    const act = place === 0 ? acting(record) : null;
    if (act) row.append(act);
    if (rows[place]) rows[place].row.replaceWith(row);
    else list.append(row);
    rows[place] = { record, row };
  }

  /* Under the answers, always: the shelves nearest to what was asked (all, when nothing was found), a person, and the A to Z. */
  function show(found, topics, parts) {
    found.forEach(item);
    rows.splice(found.length).forEach(({ row }) => row.remove());
    const near = topics.slice(0, 3);
    after.querySelectorAll("[data-shelf]").forEach((shelf) => { shelf.hidden = near.length > 0 && !shelf.dataset.shelf.split(" ").some((topic) => near.includes(topic)); });
    danger.hidden = !parts.danger;
    nothing.hidden = !parts.nothing;
    failed.hidden = !parts.failed;
    answers.hidden = false;
    empty.hidden = false;
  }

  function tell(count) {
    clearTimeout(telling);
    telling = setTimeout(() => {
      const words = count === 0 ? section.dataset.none : count === 1 ? section.dataset.one : section.dataset.many.replace("{count}", count);
      if (told.textContent !== words) told.textContent = words;
    }, QUIET);
  }

  function clear() {
    clearTimeout(telling);
    cancelAnimationFrame(drawing);
    answers.hidden = true;
    rows.splice(0).forEach(({ row }) => row.remove());
    told.textContent = "";
    empty.hidden = true;
  }

  function draw(search) {
    if (!field.value.trim()) { clear(); return; }
    const answer = search.ask(field.value);
    ({ lines } = search);
    const found = answer.found.slice(0, MOST);
    show(found, answer.topics, { danger: answer.danger && !answer.danger.fact, nothing: !found.length });
    tell(found.length);
  }

  function typed() {
    if (!field.value.trim()) { clear(); return; }
    finder(section.dataset.index).then((search) => {
      cancelAnimationFrame(drawing);
      drawing = requestAnimationFrame(() => draw(search));
    }).catch(() => { if (field.value.trim()) show([], [], { failed: true }); });
  }

  function forget() {
    field.value = "";
    clear();
  }

  const touched = () => { finder(section.dataset.index).catch(() => {}); };
  field.addEventListener("focus", touched);
  field.addEventListener("input", typed);
  empty.addEventListener("click", () => { forget(); field.focus(); });
  document.addEventListener("app:leave", forget);
  window.addEventListener("pagehide", forget);

  return function stop() {
    document.removeEventListener("app:leave", forget);
    window.removeEventListener("pagehide", forget);
    forget();
  };
}
