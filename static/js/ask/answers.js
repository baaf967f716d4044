/* The list of answers under the field of Ask. What the index says is put in as text, never as HTML; all other words
   come from the templates of components/ask.html. */

/** @typedef {import("./search.js").Found} Found */
/** @typedef {import("./search.js").Line} Line */
/** @typedef {{danger: boolean, nothing: boolean}} Notices which of the notices are shown */

/** @param {ParentNode} root @param {string} name */
function pick(root, name) {
  return /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));
}

/** A copy of the template [data-name]. @param {HTMLElement} section @param {string} name */
function copyOf(section, name) {
  return document.importNode(/** @type {HTMLTemplateElement} */ (pick(section, name)).content, true);
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

/** The buttons of a line. @param {HTMLElement} section @param {Line} line */
function buttonsOf(section, line) {
  return line.ways.map(([kind, link, label], place) => {
    const button = /** @type {HTMLAnchorElement} */ (copyOf(section, `way="${kind}"`).firstElementChild);
    button.href = link;
    button.classList.toggle("first", place === 0 && kind !== "video");
    fill(/** @type {HTMLElement} */ (button.querySelector("span")), label);
    return button;
  });
}

/** What can be done from the list: the clock of a record, and the buttons of its line under what the line has to
    report. Null for neither. @param {HTMLElement} section @param {Found} record @param {Line | undefined} line */
function actionsOf(section, record, line) {
  const { clock } = record;
  if (!line && !clock) return null;
  const actions = copyOf(section, "act");
  if (clock) {
    pick(actions, "clock").hidden = false;
    pick(actions, "what").textContent = clock.what;
    pick(actions, "best").textContent = clock.best;
    pick(actions, "limit").textContent = clock.limit;
    pick(actions, "until").hidden = !clock.until; // the last words of some clocks are no limit
  }
  if (line) {
    pick(actions, "line").hidden = false;
    pick(actions, "name").textContent = line.title;
    pick(actions, "hours-words").textContent = line.hours;
    pick(actions, "report").textContent = line.report;
    pick(actions, "speaks").textContent = line.speaks;
    pick(actions, "ways").append(...buttonsOf(section, line));
  }
  return actions;
}

/** One answer as a row of the list. @param {HTMLElement} section @param {Found} record @param {Record<string,
    string>} kinds */
function rowOf(section, record, kinds) {
  const row = /** @type {HTMLElement} */ (copyOf(section, "item").firstElementChild);
  row.dataset.result = record.id;
  row.dataset.topics = record.labels.join(" ");
  /** @type {HTMLAnchorElement} */ (pick(row, "open")).href = section.dataset.records + record.code;
  pick(row, "kind").textContent = kinds[record.kind];
  pick(row, "title").textContent = record.title;
  pick(row, "short").textContent = record.short;
  return row;
}

/** Make the list inside `answers`. It is made once and then changed only where an answer changed: a slow phone lays out
    little with each letter. @param {HTMLElement} section @param {HTMLElement} answers */
export function answerList(section, answers) {
  const kinds = JSON.parse(section.dataset.kinds || "{}");
  answers.textContent = "";
  answers.append(copyOf(section, "danger"), copyOf(section, "nothing"));
  const [danger, nothing] = /** @type {HTMLElement[]} */ (Array.from(answers.children));
  const list = document.createElement("ol");
  list.className = "answers";
  const after = document.createElement("div");
  after.append(copyOf(section, "after"));
  answers.append(list, after);
  /** @type {{record: Found, row: HTMLElement}[]} */
  const rows = [];

  /** @param {Found} record @param {number} place @param {Record<string, Line>} lines */
  function showAnswer(record, place, lines) {
    const old = rows[place];
    if (old && old.record === record) return;
    const row = rowOf(section, record, kinds);
    const actions = place === 0 ? actionsOf(section, record, lines[record.line]) : null;
    if (actions) row.append(actions);
    if (old) old.row.replaceWith(row);
    else list.append(row);
    rows[place] = { record, row };
  }

  /** @param {number} count how many answers stay */
  function cut(count) {
    rows.splice(count).forEach(({ row }) => row.remove());
  }

  return {
    /** Show answers, best first; under them, always, the shelves nearest to what was asked (all, when nothing was
        found), a person and the A to Z. @param {Found[]} found @param {string[]} topics surest first @param
        {Record<string, Line>} lines @param {Notices} notices */
    show(found, topics, lines, notices) {
      found.forEach((record, place) => showAnswer(record, place, lines));
      cut(found.length);
      const near = topics.slice(0, 3);
      after.querySelectorAll("[data-shelf]").forEach((element) => {
        const shelf = /** @type {HTMLElement} */ (element);
        shelf.hidden = near.length > 0 && !(shelf.dataset.shelf || "").split(" ").some((topic) => near.includes(topic));
      });
      danger.hidden = !notices.danger;
      nothing.hidden = !notices.nothing;
    },
    clear() {
      cut(0);
    },
  };
}
