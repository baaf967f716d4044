/* A backup without a login: the list sealed with six words that the phone draws, as pictures of a code and as
   text. The words are never kept and never sent; the code may be, since it opens nothing alone. The way back is in
   restore.js.

   plan.js hands over what both need of the session, the sealing and dom.js. Imported, they would be code of two
   bundles, and so one more file for every page with a list. */

import { picturesOf } from "./pictures.js";
import { restorePart } from "./restore.js";

/**
 * What plan.js hands over.
 * @typedef {Pick<typeof import("./dom.js"), "element" | "queries" | "refill" | "tapped" | "targetOf">
 *   & Pick<typeof import("./session.js"), "exportList" | "importList" | "isEmpty" | "snapshot">
 *   & Pick<typeof import("./sealed.js"), "MOST_PARTS" | "Refused">
 *   & Pick<typeof import("./passphrase.js"), "WORDS_OF_BACKUP" | "drawWords">
 *   & {isShown: typeof import("./states.js").isShown}
 *   & {openBackup: (pasted: string, words: string) => Promise<import("./sealed.js").Bytes>}
 *   & {sealBackup: (text: import("./sealed.js").Bytes, words: string) => Promise<string[]>}} Tools
 */

/** Save a text as a file in the downloads. @param {string} text */
function download(text) {
  const link = document.createElement("a"),
    address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.href = address;
  link.download = "list.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 2000);
}

/** Print the pictures of the code. @param {HTMLElement} codes @param {Tools["queries"]} queries */
function printCodes(codes, queries) {
  const sheet = queries(document).find("[data-paper]"),
    page = queries(document).find("main");
  const place = codes.parentNode,
    next = codes.nextSibling,
    title = document.title;
  // The title stands on paper in some browsers: a dull one while it prints. The pictures go back to their place.
  document.title = sheet.dataset.paper || "";
  page.classList.add("printing");
  sheet.append(codes);
  addEventListener(
    "afterprint",
    () => {
      if (place) place.insertBefore(codes, next);
      page.classList.remove("printing");
      document.title = title;
    },
    { once: true },
  );
  window.print();
}

/**
 * Both ways: making a backup, and bringing a list back from one.
 * @param {import("./part.js").Page} page
 * @param {Tools} tools
 */
export const backup = (page, tools) => [backupPart(page, tools), restorePart(page, tools)];

/** @param {import("./part.js").Page} page @param {Tools} tools @returns {import("./part.js").Part} */
function backupPart({ root, find, say, template }, tools) {
  const { MOST_PARTS, WORDS_OF_BACKUP, drawWords, element, exportList, isEmpty, queries, refill, sealBackup, tapped } =
    tools;
  const made = find("[data-backup-made]"),
    status = find("[data-backup-status]"),
    button = find("[data-backup-make]");
  const worker = find("[data-backup]").dataset.codesWorker || "";
  /** @type {string[]} */
  let parts = [];

  function clear() {
    parts = [];
    made.hidden = true;
    ["[data-six]", "[data-codes]", "[data-code-text]"].forEach((place) => {
      find(place).textContent = "";
    });
    find("[data-file-warning]").hidden = true;
    status.textContent = "";
  }

  async function make() {
    clear();
    status.textContent = say("sealing");
    const six = drawWords(template("template[data-six-words]").textContent || "", WORDS_OF_BACKUP);
    const bytes = exportList();
    const mine = await sealBackup(bytes, six.join(" "));
    parts = mine;
    bytes.fill(0);
    const isMany = mine.length > MOST_PARTS;
    const pictures = isMany
      ? null
      : await picturesOf(worker, element, mine, (at) => say("code-of", { n: at + 1, m: mine.length }));
    // Locked, left, erased or begun again meanwhile.
    if (button.hidden || !root.isConnected || parts !== mine) {
      if (parts === mine) clear();
      return;
    }
    refill(
      find("[data-six]"),
      six.map((word) => element("li", word)),
    );
    refill(find("[data-codes]"), pictures || []);
    find("[data-code-text]").textContent = mine.join(" ");
    find("[data-codes-many]").hidden = !isMany;
    find("[data-codes-none]").hidden = isMany || !!pictures;
    find("[data-backup-print]").hidden = !pictures; // without a picture the sheet would be blank
    find("[data-backup-share]").hidden = typeof navigator.share !== "function";
    made.hidden = false;
    status.textContent = "";
    queries(made).find("h2").focus();
  }

  root.addEventListener("click", (event) => {
    if (tapped(event, "data-backup-make")) make();
    if (tapped(event, "data-backup-share")) navigator.share({ text: parts.join("\n") }).catch(() => {});
    if (tapped(event, "data-backup-print")) printCodes(find("[data-codes]"), queries);
    if (tapped(event, "data-backup-file")) find("[data-file-warning]").hidden = false;
    if (tapped(event, "data-file-sure")) {
      download(parts.join("\n"));
      find("[data-file-warning]").hidden = true;
    }
  });

  return {
    render: (shown) => {
      button.hidden = !shown || isEmpty();
      find("[data-backup-empty]").hidden = !shown || !isEmpty();
    },
    clear,
  };
}
