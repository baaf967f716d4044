/* A tool: what fits what was tapped. Nothing is kept or sent: what is tapped is the look of the chips, and it goes with
   the page. Without this script the chips lead to the whole table. */

/** @typedef {Map<string, string[]>} Picks question -> what was tapped: one choice, or several where the question takes many */

/** Whether what a part needs ("days:early,late clinic:yes") has been tapped, or not been asked yet. Of a question that
    takes many, a part has to have everything that was tapped. @param {string} needs @param {Picks} picks */
export function fits(needs, picks) {
  return needs.split(" ").filter(Boolean).every((need) => {
    const [ask, choices] = need.split(":");
    return (picks.get(ask) || []).every((pick) => choices.split(",").includes(pick));
  });
}

/** Start the controller. @param {HTMLElement} section */
export function start(section) {
  const chips = /** @type {HTMLElement[]} */ (Array.from(section.querySelectorAll("[data-choice]")));
  const outcomes = /** @type {HTMLElement[]} */ (Array.from(section.querySelectorAll("[data-outcome]")));
  const parts = /** @type {HTMLElement[]} */ (Array.from(section.querySelectorAll("[data-needs]")));
  const sorted = section.querySelector("[data-sorted]");
  const status = /** @type {HTMLElement} */ (section.querySelector("[role=status]"));
  /** @type {Picks} */
  const picks = new Map();

  /** Whether only what to do after its limit is left of a row. @param {HTMLElement} outcome */
  function isLate(outcome) {
    const open = outcome.querySelector("[data-needs]:not([data-late])");
    return open instanceof HTMLElement && open.hidden;
  }

  function draw() {
    chips.forEach((chip) => {
      const [ask, choice] = String(chip.dataset.choice).split(":");
      chip.setAttribute("aria-pressed", String((picks.get(ask) || []).includes(choice)));
    });
    parts.forEach((part) => { part.hidden = !fits(part.dataset.needs || "", picks); });
    // What has not been asked yet may not be true for the reader: its conditions stay in sight.
    outcomes.forEach((outcome) => {
      const words = /** @type {HTMLElement | null} */ (outcome.querySelector("[data-conditions]"));
      const needs = (outcome.dataset.needs || "").split(" ");
      if (words) words.hidden = needs.every((need) => picks.has(need.split(":")[0]));
    });
    // Best first: what still works, in the order of the table, and then what is past its limit.
    const late = outcomes.filter(isLate);
    if (sorted) {
      const rows = outcomes.filter((outcome) => outcome.parentElement === sorted);
      sorted.append(...rows.filter((row) => !late.includes(row)), ...rows.filter((row) => late.includes(row)));
    }
    const scope = sorted || section;
    const shown = outcomes.filter((outcome) => scope.contains(outcome) && !outcome.hidden && !late.includes(outcome));
    status.textContent = picks.size ? (status.dataset.count || "").replace("{count}", String(shown.length)) : "";
  }

  /** @param {HTMLElement} chip */
  function tap(chip) {
    const [ask, choice] = String(chip.dataset.choice).split(":");
    const old = picks.get(ask) || [];
    const others = chip.closest("[data-many]") ? old.filter((pick) => pick !== choice) : [];
    const now = old.includes(choice) ? others : others.concat(choice);
    if (now.length) picks.set(ask, now);
    else picks.delete(ask);
    draw();
  }

  chips.forEach((chip) => {
    chip.setAttribute("role", "button");
    chip.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      tap(chip);
    });
    chip.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      tap(chip);
    });
  });
  draw();
  return function stop() { picks.clear(); };
}
