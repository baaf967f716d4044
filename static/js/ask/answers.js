/* What stands under the field of Ask: the answer, other pages, and what is said to what is no question. What the index
   says is put in as text, never as HTML; all other words come from the templates of components/ask.html. */

/** @typedef {import("./search.js").Answer} Answer */
/** @typedef {import("./search.js").Danger} Danger */
/** @typedef {import("./search.js").Found} Found */
/** @typedef {import("./search.js").Line} Line */
/** @typedef {import("./search.js").Search} Search */
/** @typedef {import("./sentence.js").Sentence} Sentence */
/**
 * What the taps of the list do.
 *
 * @typedef {object} Taps
 * @property {(question: string) => void} ask a follow-up
 * @property {(danger: Danger | null) => void} hurt the "yes" and "no" of "Do you mean someone is hurt?"
 * @property {(tag: string) => void} language go on in another language
 * @property {(href: string, sentence: string) => void} open the page of an answer, whose sentence is to be marked there
 */

/** Other pages under an answer, and pages where there is none: two screens of a small phone. */
const MOST = { beside: 3, alone: 3 };

/** @param {ParentNode} root @param {string} name */
function pick(root, name) {
  return /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));
}

/** A copy of the template [data-name]. @param {HTMLElement} section @param {string} name */
function copyOf(section, name) {
  return document.importNode(/** @type {HTMLTemplateElement} */ (pick(section, name)).content, true);
}

/** The element that a template holds. @param {HTMLElement} section @param {string} name */
function elementOf(section, name) {
  return /** @type {HTMLElement} */ (copyOf(section, name).firstElementChild);
}

/** Put a label like "Call {988}" into an element, the number in its own <bdi>, so that it reads left to right and
    does not break. @param {HTMLElement} element @param {string} label */
function fill(element, label) {
  element.textContent = "";
  label.split(/\{([^}]*)\}/).forEach((part, place) => {
    if (place % 2 === 0) { element.append(part); return; }
    const number = document.createElement("bdi");
    number.className = "num";
    number.textContent = part;
    element.append(number);
  });
}

/** The buttons of a line. @param {HTMLElement} section @param {Line} line @param {number} most */
function buttonsOf(section, line, most) {
  return line.ways.slice(0, most).map(([kind, link, label], place) => {
    const button = /** @type {HTMLAnchorElement} */ (elementOf(section, `way="${kind}"`));
    button.href = link;
    button.classList.toggle("first", place === 0 && kind !== "video");
    fill(/** @type {HTMLElement} */ (button.querySelector("span")), label);
    return button;
  });
}

/** Write a sentence; a short "Yes." or "No," at its beginning stands out. @param {HTMLElement} element @param
    {string} text */
function writeSentence(element, text) {
  const [, first = "", rest = text] = /^([^.,:;]{1,18}[.,])( .*)$/.exec(text) || [];
  const strong = document.createElement("b");
  strong.textContent = first;
  element.append(...(first ? [strong, rest] : [text]));
}

/** A line's name, hours, what it must report, and its buttons; in a danger the buttons come first. @param
    {HTMLElement} section @param {HTMLElement} box @param {Line} line @param {boolean} danger */
function putLine(section, box, line, danger) {
  pick(box, "line").hidden = false;
  pick(box, "name").textContent = line.title;
  pick(box, "hours-words").textContent = line.hours;
  pick(box, "report").textContent = line.report;
  pick(box, "speaks").textContent = line.speaks;
  const ways = pick(box, "ways");
  ways.append(...buttonsOf(section, line, danger ? 4 : 2));
  if (danger) pick(box, "line").prepend(ways);
}

/** The first answer: the sentence, the one button that fits, and the page where it stands. @param {HTMLElement}
    section @param {Found} record @param {Sentence} sentence @param {Answer} answer @param {Search} search @param
    {Taps} taps */
function straight(section, record, sentence, answer, search, taps) {
  const row = elementOf(section, "straight");
  const href = section.dataset.records + record.code;
  const danger = answer.danger !== null && !answer.danger.fact;
  row.dataset.result = record.id;
  row.dataset.topics = record.labels.join(" ");
  const said = pick(row, "answer");
  said.dataset.from = record.code;
  writeSentence(said, sentence.text);
  const line = search.lines[danger && answer.danger ? answer.danger.line : sentence.line];
  const fitting = /** @type {HTMLAnchorElement} */ (pick(row, "fitting"));
  if (sentence.card && !danger) {
    fitting.hidden = false;
    fitting.href = section.dataset.records + sentence.card;
    pick(fitting, "fitting-title").textContent = sentence.cardTitle;
  } else if (line) {
    putLine(section, row, line, danger);
  }
  const open = /** @type {HTMLAnchorElement} */ (pick(row, "open"));
  open.href = href;
  open.addEventListener("click", () => taps.open(href, sentence.text));
  pick(row, "title").textContent = record.title;
  pick(row, "publisher").textContent = sentence.publisher;
  pick(row, "source").hidden = !sentence.publisher;
  const next = sentence.next.map((question) => nextAsk(section, question, taps));
  pick(row, "follows").append(...next);
  pick(row, "next-box").hidden = !next.length;
  return row;
}

/** A follow-up as a tap. @param {HTMLElement} section @param {string} question @param {Taps} taps */
function nextAsk(section, question, taps) {
  const item = elementOf(section, "follow");
  const button = pick(item, "next-ask");
  button.textContent = question;
  button.addEventListener("click", () => taps.ask(question));
  return item;
}

/** A page as a row of the list. @param {HTMLElement} section @param {Found} record @param {Record<string, string>}
    kinds */
function rowOf(section, record, kinds) {
  const row = elementOf(section, "item");
  row.dataset.result = record.id;
  row.dataset.topics = record.labels.join(" ");
  /** @type {HTMLAnchorElement} */ (pick(row, "open")).href = section.dataset.records + record.code;
  pick(row, "kind").textContent = kinds[record.kind];
  pick(row, "title").textContent = record.title;
  pick(row, "short").textContent = record.short;
  return row;
}

/** What can be done from the first page where no sentence is sure: its clock, and the buttons of its line under what
    the line has to report. @param {HTMLElement} section @param {Found} record @param {Line | undefined} line @param {boolean} danger */
function actionsOf(section, record, line, danger) {
  const { clock } = record;
  if (!line && !clock) return null;
  const actions = elementOf(section, "act");
  if (clock) {
    pick(actions, "clock").hidden = false;
    pick(actions, "what").textContent = clock.what;
    pick(actions, "best").textContent = clock.best;
    pick(actions, "limit").textContent = clock.limit;
    pick(actions, "until").hidden = !clock.until; // the last words of some clocks are no limit
  }
  if (line) putLine(section, actions, line, danger);
  return actions;
}

/** What is said before the pages: a reply, a question back, another language. @param {HTMLElement} section @param
    {Answer} answer @param {Search} search @param {Taps} taps */
function wordsBefore(section, answer, search, taps) {
  const before = [];
  const { reply, hurt, offer, other } = answer;
  if (reply || other) {
    const card = elementOf(section, "reply-card");
    card.dataset.reply = reply ? reply.name : "other-language";
    pick(card, "says").textContent = reply ? reply.says : other;
    const starts = reply ? search.start.map((question) => nextAsk(section, question, taps)) : [];
    pick(card, "follows").append(...starts);
    before.push(card);
  }
  if (hurt) {
    const card = elementOf(section, "hurt");
    pick(card, "hurt-yes").addEventListener("click", () => taps.hurt(hurt));
    pick(card, "hurt-no").addEventListener("click", () => { card.remove(); taps.hurt(null); });
    before.push(card);
  }
  if (offer) {
    const card = elementOf(section, "other-language");
    card.lang = offer.tag;
    pick(card, "offer").textContent = offer.offer;
    const button = pick(card, "go-on");
    button.textContent = offer.button;
    button.addEventListener("click", () => taps.language(offer.tag));
    before.push(card);
  }
  return before;
}

/** Make the list inside `answers`. A row is made anew only where the answer changed: a slow phone lays out little with
    each letter. @param {HTMLElement} section @param {HTMLElement} answers @param {Taps} taps */
export function answerList(section, answers, taps) {
  const kinds = JSON.parse(section.dataset.kinds || "{}");
  answers.textContent = "";
  const before = document.createElement("div");
  const list = document.createElement("ol");
  list.className = "answers";
  const after = document.createElement("div");
  after.append(copyOf(section, "after"));
  answers.append(before, copyOf(section, "unsure"), copyOf(section, "nothing"), list, after);
  const unsure = pick(answers, "is-unsure");
  const nothing = pick(answers, "is-nothing");
  /** @type {{key: string, row: HTMLElement}[]} */
  const rows = [];
  let told = "";

  /** @param {number} place @param {string} key what the row depends on @param {() => HTMLElement} make */
  function put(place, key, make) {
    const old = rows[place];
    if (old && old.key === key) return;
    const row = make();
    if (old) old.row.replaceWith(row);
    else list.append(row);
    rows[place] = { key, row };
  }

  /** @param {number} count how many answers stay */
  function cut(count) {
    rows.splice(count).forEach(({ row }) => row.remove());
  }

  /** @param {Answer} answer @param {Search} search */
  function tell(answer, search) {
    const { reply, hurt, offer, other } = answer;
    const words = JSON.stringify([reply, hurt, offer && offer.tag, other]);
    if (words === told) return;
    told = words;
    before.textContent = "";
    before.append(...wordsBefore(section, answer, search, taps));
  }

  return {
    /** Show what a question gets; under it, always, the shelves nearest to it (all, when nothing was found), a person
        and the A to Z. Returns how many answers stand there. @param {Answer} answer @param {Search} search */
    show(answer, search) {
      tell(answer, search);
      const sentence = answer.sentence && answer.sentence.sure ? answer.sentence : null;
      const found = answer.found.slice(0, sentence ? 1 + MOST.beside : MOST.alone);
      found.forEach((record, place) => {
        if (place === 0 && sentence) {
          put(0, `${record.id} ${sentence.text}`, () => straight(section, record, sentence, answer, search, taps));
          return;
        }
        const first = place === 0 && !answer.hurt;
        put(place, record.id + (first ? " first" : ""), () => {
          const row = rowOf(section, record, kinds);
          const { danger } = answer;
          const line = search.lines[danger && !danger.fact ? danger.line : record.line];
          const actions = first ? actionsOf(section, record, line, danger !== null && !danger.fact) : null;
          if (actions) row.append(actions);
          return row;
        });
      });
      cut(found.length);
      const near = answer.topics.slice(0, 3);
      after.querySelectorAll("[data-shelf]").forEach((element) => {
        const shelf = /** @type {HTMLElement} */ (element);
        shelf.hidden = near.length > 0 && !(shelf.dataset.shelf || "").split(" ").some((topic) => near.includes(topic));
      });
      const replied = answer.reply !== null || answer.other !== "";
      unsure.hidden = sentence !== null || answer.danger !== null || !found.length || replied;
      nothing.hidden = found.length > 0 || replied || answer.hurt !== null;
      return found.length;
    },
    clear() {
      cut(0);
    },
  };
}
