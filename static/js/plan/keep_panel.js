/* Keeping the list on the phone. Before: a form with its PINs. After: what was done, a way to try the PIN, and the
   form again to change it. What is typed into a PIN field is used once and taken out of the page. */

import { drawPicks, loadChoices } from "./choices.js";
import { targetOf, tapped } from "./dom.js";
import { forgetTyped } from "./lock_panel.js";
import { drawPin } from "./passphrase.js";
import { sentenceFor } from "./refusals.js";
import * as session from "./session.js";
import { isShown } from "./states.js";

/**
 * What the second list begins with. Without signal it begins empty, which a list may.
 * @param {HTMLElement} root
 * @param {string} second
 */
async function picksFor(root, second) {
  const words = second ? await loadChoices(root) : null;
  return words ? drawPicks(words.harmless) : [];
}

/** Try words against the open list, and say whose they are. @param {import("./part.js").Page} page @param {HTMLElement} status */
async function tryPin({ say, field }, status) {
  const typed = field("[data-try]").value;
  status.textContent = say("trying");
  try {
    const whose = await session.check(typed, (seconds) => {
      status.textContent = say("wait", { n: seconds });
    });
    if (session.snapshot().state === "kept") status.textContent = say(whose ? `try-${whose}` : "try-wrong");
  } catch (error) {
    status.textContent = sentenceFor(say, error);
  }
}

/**
 * Three words in the PIN's place, to be read now: nothing shows them again.
 * @param {import("./part.js").Page} page
 * @param {HTMLElement} status
 */
async function draw({ root, say, field }, status) {
  const words = await drawPin(root);
  if (words) {
    field("[data-pin]").value = words;
    field("[data-pin]").classList.add("seen");
  }
  status.textContent = say(words ? "drawn" : "not-drawn");
}

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function keepPanel(page) {
  const { root, say, find, field } = page;
  const status = find("[data-keep-status]"),
    pin = field("[data-pin]"),
    second = field("[data-pin-two]"),
    eraseAfter = field("[data-erase-after]");
  const isBusy = { keep: false, check: false };
  let isChanging = false;

  function render() {
    const { state, hasPin, hasSecond } = session.snapshot(),
      isKept = state === "kept";
    if (!isKept) isChanging = false;
    find("[data-keeping]").hidden = !isShown(state);
    find("[data-keep-form]").hidden = isKept && !isChanging;
    find("[data-kept]").hidden = !isKept || isChanging;
    find("[data-only-memory]").hidden = isKept;
    find("[data-change-note]").hidden = !isKept;
    find("[data-kept-how]").textContent = say(hasPin ? "opens-pin" : "opens-bare");
    find("[data-kept-second]").hidden = !hasSecond;
    find("[data-try-open]").hidden = !hasPin;
    find("[data-no-pin]").hidden = !isKept || !hasPin;
    find("[data-keep-plan]").textContent = say(isKept ? "keep-more" : "keep-first");
    find("[data-controls]").hidden = !isKept;
    const idle = session.get("idle");
    field("[data-idle]").value = String(idle === undefined ? session.IDLE : idle);
  }

  function change() {
    isChanging = true;
    find("[data-try-form]").hidden = true;
    forgetTyped(page);
    status.textContent = "";
    render();
    pin.focus();
  }

  /** True when it is kept. @param {{words?: string, second?: string, open?: boolean}} more */
  async function keep(more = {}) {
    if (isBusy.keep) return false;
    isBusy.keep = true;
    const words = pin.value,
      other = second.value;
    status.textContent = say("keeping");
    try {
      const picks = await picksFor(root, other);
      const stays = await session.keep({ words, second: other, eraseAfterTen: eraseAfter.checked, picks, ...more });
      forgetTyped(page);
      isChanging = false;
      render();
      const isShort = /^\d{4,5}$/.test(words.trim());
      status.textContent = (isShort ? `${say("four")} ` : "") + say(stays === false ? "may-go" : "done-keep");
      return true;
    } catch (error) {
      status.textContent = sentenceFor(say, error);
      return false;
    } finally {
      isBusy.keep = false;
    }
  }

  async function check() {
    if (isBusy.check) return;
    isBusy.check = true;
    const trying = tryPin(page, status);
    forgetTyped(page);
    await trying;
    isBusy.check = false;
  }

  async function lock() {
    // A PIN that was typed and not kept yet is meant for this lock.
    if (pin.value && !(await keep())) return;
    session.lock();
  }

  root.addEventListener("submit", (event) => {
    if (targetOf(event).matches("[data-keep-form]")) keep();
    if (targetOf(event).matches("[data-try-form]")) check();
  });
  root.addEventListener("click", (event) => {
    if (tapped(event, "data-lock")) lock();
    else if (tapped(event, "data-no-pin")) keep({ words: "", second: "", open: true });
    else if (tapped(event, "data-change")) change();
    else if (tapped(event, "data-draw")) draw(page, status);
    else if (tapped(event, "data-try-open")) {
      find("[data-try-form]").hidden = false;
      field("[data-try]").focus();
    }
  });
  root.addEventListener("change", ({ target }) => {
    if (target === field("[data-idle]")) session.set("idle", Number(field("[data-idle]").value));
  });

  return {
    render,
    onEvent: (event) => {
      if (event !== "state") return;
      if (!isShown(session.snapshot().state)) status.textContent = "";
      eraseAfter.checked = session.snapshot().eraseAfterTen;
    },
    clear: () => {
      find("[data-try-form]").hidden = true;
    },
  };
}
