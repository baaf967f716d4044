/* The panels that keep, lock, open and erase. What is typed into a PIN field is used once and taken out of the page. */

import * as session from "./session.js";
import { dropAll } from "../offline/book.js";

export function gate({ root, say, find, all }) {
  const status = find("[data-status]"), keepStatus = find("[data-keep-status]"), openStatus = find("[data-open-status]"), eraseStatus = find("[data-erase-status]");
  const pin = find("[data-pin]"), second = find("[data-pin-two]"), unlock = find("[data-unlock]"), eraseAfter = find("[data-erase-after]");
  let busy = false, erasing = false, shownPhase = "";

  function forgetTyped() {
    [pin, second, unlock].forEach((field) => { field.value = ""; });
    all("[data-show-secret]").forEach((tick) => { tick.checked = false; });
    all(".secret").forEach((field) => field.classList.remove("seen"));
  }

  const sentence = (why) => say({ full: "full", "too-long": "too-long", unsealable: "no-script-storage" }[why] || why) || say("broken");

  function tellStatus() {
    const { phase, trouble, kind } = session.state();
    if (phase === "open") status.textContent = trouble ? sentence(trouble) : kind === "plan" ? say("kept") : "";
    else if (phase === "new") status.textContent = trouble ? sentence(trouble) : say("memory");
    else status.textContent = "";
    status.classList.toggle("late", !!trouble && phase !== "broken");
  }

  function render() {
    const now = session.state(), { phase, kind } = now, covered = !find("[data-covered]").hidden;
    const plan = kind === "plan" && !covered, here = phase === "open" || phase === "new";
    find("[data-closed]").hidden = phase !== "closed";
    find("[data-broken]").hidden = phase !== "broken";
    if (phase === "broken") find("[data-broken-why]").textContent = sentence(now.trouble);
    find("[data-with-pin]").hidden = !now.pin;
    find("[data-keeping]").hidden = !here || !plan;
    find("[data-only-memory]").hidden = phase !== "new";
    find("[data-kept-here]").hidden = phase !== "open";
    find("[data-keep-plan]").textContent = phase === "open" ? say("keep-more") : say("keep-first");
    find("[data-no-pin]").hidden = phase !== "open" || !now.pin;
    find("[data-controls]").hidden = phase !== "open";
    find("[data-kept-controls]").hidden = phase !== "open";
    find("[data-erasing]").hidden = phase === "unread" || covered || (phase === "new" && session.isEmpty() && !eraseStatus.textContent);
    if (phase !== "new" || !session.isEmpty()) find("[data-erase]").hidden = !find("[data-erase-ask]").hidden;
    const idle = session.get("idle");
    find("[data-idle]").value = String(idle === undefined ? session.IDLE : idle);
    tellStatus();
  }

  async function keepIt(more = {}) {
    if (busy) return false;
    busy = true;
    const words = pin.value, two = second.value;
    keepStatus.textContent = say("keeping");
    const harmless = Array.from(find("template[data-harmless]").content.querySelectorAll("p"), (line) => line.textContent);
    try {
      const stays = await session.keep(Object.assign({ words, second: two, eraseAfterTen: eraseAfter.checked, harmless }, more));
      forgetTyped();
      keepStatus.textContent = `${/^\d{4,5}$/.test(words.trim()) ? say("four") + " " : ""}${stays === false ? say("may-go") : say("done-keep")}`;
      return true;
    } catch (error) {
      keepStatus.textContent = sentence(error.why || "broken");
      return false;
    } finally { busy = false; }
  }

  async function open() {
    if (busy) return;
    busy = true;
    const words = unlock.value;
    unlock.value = "";
    openStatus.textContent = say("trying");
    try {
      const right = await session.unlock(words, (seconds) => { openStatus.textContent = say("wait", { n: seconds }); });
      openStatus.textContent = right || session.state().phase !== "closed" ? "" : say("wrong");
      if (right) forgetTyped(); else unlock.focus();
    } catch (error) { openStatus.textContent = sentence(error.why || "broken"); } finally { busy = false; }
  }

  async function erase(everything) {
    erasing = true;
    eraseStatus.textContent = say("erasing");
    try {
      // The book goes too when the browser still holds the list's files (forget.js does the same).
      try { await session.erase(); } finally { if (everything) await dropAll(); }
      eraseStatus.textContent = say("done-erase");
    } catch (error) { eraseStatus.textContent = say(error.why === "files" ? "files-held" : "not-erased"); }
    erasing = false;
    find("[data-erasing]").hidden = false;
    // Stays a moment, so that a second tap of the same thumb does not hit what comes up from below.
    await new Promise((done) => setTimeout(done, 500));
    find("[data-erase-ask]").hidden = true;
    find("[data-erase]").hidden = session.state().phase === "new" && session.isEmpty();
    eraseStatus.scrollIntoView({ block: "center" });
  }

  function ask(yes) {
    find("[data-erase-ask]").hidden = !yes;
    find("[data-erase]").hidden = yes;
    eraseStatus.textContent = "";
    if (yes) { find("[data-erase-ask] h2").focus(); find("[data-erase-ask]").scrollIntoView({ block: "center" }); } else find("[data-erase]").focus();
  }

  root.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.matches("[data-keep-form]")) keepIt();
    if (event.target.matches("[data-open-form]")) open();
  });
  root.addEventListener("click", async (event) => {
    const tapped = (name) => event.target.closest(`[${name}]`);
    if (tapped("data-lock")) {
      // A PIN that was typed and not kept yet is meant for this lock.
      if (pin.value && !await keepIt()) return;
      session.lock();
    } else if (tapped("data-no-pin")) keepIt({ words: "", second: "", open: true });
    else if (tapped("data-erase")) ask(true);
    else if (tapped("data-erase-not")) ask(false);
    // The second tap of a double tap is not a yes.
    else if (tapped("data-erase-sure") && event.detail < 2) erase(false);
    else if (tapped("data-erase-everything") && event.detail < 2) erase(true);
  });
  root.addEventListener("change", (event) => {
    if (event.target.matches("[data-show-secret]")) all(".secret").forEach((field) => field.classList.toggle("seen", event.target.checked));
    if (event.target.matches("[data-idle]")) session.set("idle", Number(event.target.value));
  });

  function heard(what) {
    if (what === "warning" || what === "warning-off") find("[data-idle-warning]").hidden = what !== "warning";
    if (what === "saved" || what === "trouble") tellStatus();
    if (what === "trouble") status.scrollIntoView({ block: "center" });
    if (what === "cover" || what === "phase") { find("[data-covered]").hidden = what !== "cover"; render(); }
    if (what !== "phase") return;
    const { phase } = session.state();
    find("[data-idle-warning]").hidden = true;
    if (phase === "closed" && shownPhase === "open") { keepStatus.textContent = ""; find("[data-closed] h2").focus(); }
    eraseAfter.checked = session.state().eraseAfterTen;
    if (phase === "open") eraseStatus.textContent = "";
    if (phase === "open" && shownPhase === "closed") { status.tabIndex = -1; status.focus(); }
    shownPhase = phase;
  }

  return { render, heard, clear: () => { forgetTyped(); if (!erasing) { find("[data-erase-ask]").hidden = true; find("[data-erase]").hidden = false; } } };
}
