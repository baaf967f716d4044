/* Bringing a list back from a backup: its codes from pictures, from a file or as text, and the six words. */

import { partsIn } from "./pictures.js";

/** Sentences whose keys on this page are not the reason's. @type {Record<string, string>} */
const KEYS = { damaged: "damaged-code", newer: "newer-code" };

/** @param {import("./part.js").Page} page @param {import("./backup.js").Tools} tools @returns {import("./part.js").Part} */
export function restorePart({ root, find, field, say }, tools) {
  const { Refused, importList, isShown, openBackup, snapshot, targetOf } = tools;
  const file = field("[data-restore-file]"),
    text = field("[data-restore-text]"),
    words = field("[data-restore-words]");
  const found = find("[data-restore-found]"),
    status = find("[data-restore-status]");
  const worker = find("[data-backup]").dataset.codesWorker || "";
  /** @type {string[]} */
  let read = [];

  async function look() {
    const files = Array.from(file.files || []);
    file.value = "";
    if (!files.length) return;
    found.textContent = say("reading");
    for (const one of files) {
      try {
        read.push(...(await partsIn(worker, one)));
      } catch (error) {
        found.textContent = say(error instanceof Error && error.message === "no-reader" ? "no-reader" : "not-found");
        return;
      }
    }
    read = Array.from(new Set(read.filter((part) => /^LIST\d+\./.test(part))));
    found.textContent = read.length ? say("found", { n: read.length, m: read[0].split(".")[2] }) : say("not-found");
  }

  /** @param {unknown} error */
  function refused(error) {
    const why = error instanceof Refused ? error.why : "damaged";
    return say(KEYS[why] || why) || say("damaged-code");
  }

  async function bringBack() {
    const typed = words.value,
      { state } = snapshot();
    if (!isShown(state)) {
      status.textContent = say("unlock-first");
      return;
    }
    if (!typed.trim()) {
      status.textContent = say("no-words");
      words.focus();
      return;
    }
    status.textContent = say("trying");
    try {
      // Locked meanwhile: nothing was changed.
      if (!importList(await openBackup(`${text.value} ${read.join(" ")}`, typed))) {
        status.textContent = say("unlock-first");
        return;
      }
      forget();
      status.textContent = say(state === "kept" ? "restored-kept" : "restored");
    } catch (error) {
      status.textContent = refused(error);
    }
  }

  function forget() {
    read = [];
    [file, text, words].forEach((one) => {
      one.value = "";
    });
    found.textContent = "";
    status.textContent = "";
  }

  file.addEventListener("change", look);
  root.addEventListener("submit", (event) => {
    if (targetOf(event).matches("[data-restore-form]")) bringBack();
  });

  return {
    render: (shown) => {
      find("[data-restore]").hidden = !shown;
    },
    // A picture is taken while the page is hidden: what was read so far stays until the list is locked, erased or left.
    onEvent: (event) => {
      if (event === "state" && !isShown(snapshot().state) && snapshot().state !== "covered") forget();
    },
    stop: forget,
  };
}
