/* Keeping the list on the phone: the PINs, and when it locks. What is typed into a PIN field is used once and taken out of the page. */

import { targetOf, tapped } from "./dom.js";
import { forgetTyped } from "./lock_panel.js";
import { sentenceFor } from "./refusals.js";
import * as session from "./session.js";
import { isShown } from "./states.js";

/** @param {import("./part.js").Page} page @returns {import("./part.js").Part} */
export function keepPanel(page) {
  const { root, say, find, field, template } = page;
  const status = find("[data-keep-status]"), pin = field("[data-pin]"), second = field("[data-pin-two]"), eraseAfter = field("[data-erase-after]");
  let isBusy = false;

  function render() {
    const { state, kind, hasPin } = session.snapshot(), isKept = state === "kept";
    find("[data-keeping]").hidden = !isShown(state) || kind !== "plan";
    find("[data-only-memory]").hidden = isKept;
    find("[data-kept-here]").hidden = !isKept;
    find("[data-keep-plan]").textContent = say(isKept ? "keep-more" : "keep-first");
    find("[data-no-pin]").hidden = !isKept || !hasPin;
    find("[data-controls]").hidden = !isKept;
    find("[data-kept-controls]").hidden = !isKept;
    const idle = session.get("idle");
    field("[data-idle]").value = String(idle === undefined ? session.IDLE : idle);
  }

  /** True when it is kept. @param {{words?: string, second?: string, open?: boolean}} more */
  async function keep(more = {}) {
    if (isBusy) return false;
    isBusy = true;
    const words = pin.value;
    status.textContent = say("keeping");
    const harmless = Array.from(template("template[data-harmless]").querySelectorAll("p"), (line) => line.textContent || "");
    try {
      const stays = await session.keep({ words, second: second.value, eraseAfterTen: eraseAfter.checked, harmless, ...more });
      forgetTyped(page);
      status.textContent = `${/^\d{4,5}$/.test(words.trim()) ? `${say("four")} ` : ""}${say(stays === false ? "may-go" : "done-keep")}`;
      return true;
    } catch (error) {
      status.textContent = sentenceFor(say, error);
      return false;
    } finally { isBusy = false; }
  }

  async function lock() {
    // A PIN that was typed and not kept yet is meant for this lock.
    if (pin.value && !await keep()) return;
    session.lock();
  }

  root.addEventListener("submit", (event) => { if (targetOf(event).matches("[data-keep-form]")) keep(); });
  root.addEventListener("click", (event) => {
    if (tapped(event, "data-lock")) lock();
    else if (tapped(event, "data-no-pin")) keep({ words: "", second: "", open: true });
  });
  root.addEventListener("change", (event) => {
    const select = targetOf(event);
    if (select.matches("[data-idle]")) session.set("idle", Number(select.value));
  });

  return {
    render,
    onEvent: (event) => {
      if (event !== "state") return;
      if (session.snapshot().state === "locked") status.textContent = "";
      eraseAfter.checked = session.snapshot().eraseAfterTen;
    },
  };
}
