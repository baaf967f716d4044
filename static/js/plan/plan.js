/* A page with a part of the list: ticks and own words go to the session, and come back from it. The panels around
   it are parts of their own (part.js says what a part is).

   Danger: when the list closes, every field and every line made from it leaves the page at once; clear() below is
   the one place that sees to it. */

import { loadData, loadScript } from "../loading.js";
import { loadChoices } from "./choices.js";
import { element, queries, refill, tapped, targetOf } from "./dom.js";
import { erasePanel } from "./erase_panel.js";
import { keepPanel } from "./keep_panel.js";
import { lockPanel } from "./lock_panel.js";
import { meetingCard, needsOfToday } from "./meeting_card.js";
import { lacksWords, order, pickOf } from "./order.js";
import { paper } from "./paper.js";
import { WORDS_OF_BACKUP, drawWords } from "./passphrase.js";
import { questions } from "./questions.js";
import { MOST_PARTS, Refused, openBackup, sealBackup } from "./sealed.js";
import * as session from "./session.js";
import { isShown } from "./states.js";
import { yours } from "./yours.js";

/** @typedef {import("./part.js").Page} Page */
/** @typedef {import("./part.js").Part} Part */
/** @typedef {import("./part.js").Say} Say */

/**
 * The sentences of this language, and the page's own from its <template>.
 * @param {HTMLElement} root
 * @returns {Promise<Say>}
 */
async function sentences(root) {
  /** @type {Record<string, string>} */
  const all = Object.assign({}, await loadData(root.dataset.sentences || ""));
  root.querySelectorAll("template[data-sentences-more]").forEach((template) => {
    const { content } = /** @type {HTMLTemplateElement} */ (template);
    queries(content)
      .all("[data-w]")
      .forEach((line) => {
        all[line.dataset.w || ""] = line.textContent || "";
      });
  });
  return (key, holes = {}) =>
    Object.keys(holes).reduce((text, hole) => text.split(`{${hole}}`).join(String(holes[hole])), all[key] || "");
}

/** Whether the list may be on the screen. */
const mayShow = () => isShown(session.snapshot().state);

/** What was ticked and typed before the scripts came over a slow line goes into the list. @param {Page} page */
function takeEarly({ all }) {
  const ticked = /** @type {HTMLInputElement[]} */ (all("[data-step]:checked")).map((tick) => ({
    key: pickOf(tick),
    value: "",
  }));
  const typed = /** @type {HTMLInputElement[]} */ (all("[data-own]")).map((field) => ({
    key: field.dataset.own || "",
    value: field.value,
  }));
  if (!mayShow()) return;
  ticked.forEach(({ key }) => session.set(key, 1));
  typed
    .filter(({ value }) => value)
    .forEach(({ key, value }) => {
      const held = session.words(key);
      session.set(key, held && held !== value ? `${held}\n${value}` : value);
    });
}

/** How much is picked: at each section, and on the whole. @param {Page} page */
function count({ all, maybe, say }) {
  const sections = all("[data-section]");
  let picked = 0;
  sections.forEach((section) => {
    const inside = queries(section),
      own = /** @type {HTMLTextAreaElement | null} */ (inside.maybe("textarea[data-own]"));
    const lines = own ? own.value.split("\n").filter((line) => line.trim()).length : 0;
    const here = inside.all("[data-step]:checked").length + lines,
      shown = inside.maybe("[data-count]");
    if (!shown) return;
    shown.hidden = !here;
    shown.textContent = here ? say("picked", { n: here }) : "";
    picked += here;
  });
  const progress = maybe("[data-progress]"),
    bar = maybe("[data-progress-bar]");
  if (progress) progress.textContent = picked ? say("picked", { n: picked }) : say("nothing");
  // A thin line that fills a little with each tick and never asks for more: full at two a section.
  if (bar) bar.style.width = `${Math.min(100, (picked * 100) / (2 * sections.length))}%`;
}

/** Put the list into ticks and fields. @param {Page} page @param {import("./shape.js").Marks} marks */
function fill(page, marks) {
  /** @type {HTMLInputElement[]} */ (page.all("[data-step]")).forEach((tick) => {
    tick.checked = marks[pickOf(tick)] === 1;
  });
  /** @type {HTMLInputElement[]} */ (page.all("[data-own]")).forEach((field) => {
    const value = String(marks[field.dataset.own || ""] || "");
    if (field.value !== value) field.value = value;
  });
  count(page);
}

/** The views that show sections to pick from: all of them, or one question at a time. */
const PICKING = ["list", "questions"];

/** Show what belongs to a view, and tell the parts. @param {Page} page @param {Part[]} parts @param {string} view */
function showView(page, parts, view) {
  const { root, all } = page;
  page.view = view;
  root.dataset.at = view;
  all("[data-view]").forEach((section) => {
    section.hidden = section.dataset.view !== view;
  });
  all("[data-view-list]").forEach((section) => {
    section.hidden = !PICKING.includes(view);
  });
  parts.forEach((part) => {
    const enter = part.enter && part.enter[view];
    if (enter) enter();
  });
  parts.forEach((part) => {
    if (part.leave) part.leave(view);
  });
}

/** Go to the top of the view that is shown. @param {Page} page */
function goToTop({ view, maybe, find }) {
  const heading = maybe(`[data-view="${view}"] h2`);
  if (heading) heading.focus({ preventScroll: true });
  (heading || find("[data-list-open]")).scrollIntoView();
}

/** Every word of the list leaves the page. @param {Page} page @param {Part[]} parts */
function clear(page, parts) {
  const { root, all, maybe } = page;
  fill(page, {});
  // A fresh element: the browser's undo would bring back what was typed in the old one.
  all("[data-own]").forEach((field) => {
    field.replaceWith(field.cloneNode(false));
  });
  parts.forEach((part) => {
    if (part.clear) part.clear();
  });
  if (maybe("[data-view-list]")) showView(page, parts, "list");
  else root.dataset.at = "list";
}

/** The list or the state changed. @param {Page} page @param {Part[]} parts */
function render(page, parts) {
  const shown = mayShow();
  if (shown) fill(page, session.marks());
  else clear(page, parts);
  page.find("[data-list-open]").hidden = !shown;
  parts.forEach((part) => {
    if (part.render) part.render(shown);
  });
}

/**
 * The words of picks that stand on other pages come once, and then the page is drawn anew.
 * @param {Page} page
 * @param {Part[]} parts
 */
async function bringWords(page, parts) {
  if (!lacksWords(page.root) || !(await loadChoices(page.root))) return;
  if (page.root.isConnected && mayShow()) render(page, parts);
}

/** An opened list with something on it opens on what is the reader's own. @param {Page} page */
const opensOnYours = (page) => mayShow() && !session.isEmpty() && !!page.maybe("[data-yours]");

/** What a page can be made of; one that this page has no place for gives nothing back. */
const PARTS = [lockPanel, keepPanel, erasePanel, order, yours, questions, meetingCard, needsOfToday, paper];

/** The parts of this page. Only its own page waits for the backup. @param {Page} page @returns {Promise<Part[]>} */
async function partsOf(page) {
  if (!page.maybe("[data-backup]")) return PARTS.map((make) => make(page));
  const { backup } = await loadScript("deferred");
  // Named one by one: the session as a whole object would cost every page one more file.
  const ofSession = {
    exportList: session.exportList,
    importList: session.importList,
    isEmpty: session.isEmpty,
    snapshot: session.snapshot,
  };
  const ofPage = { element, queries, refill, tapped, targetOf };
  const more = backup(page, {
    ...ofSession, ...ofPage, isShown, MOST_PARTS, Refused, WORDS_OF_BACKUP, drawWords, openBackup, sealBackup,
  });
  return PARTS.map((make) => make(page)).concat(more);
}

/**
 * Start a page with a part of the list. Returns what stops it. Rejects when its sentences do not arrive.
 * @param {HTMLElement} root
 */
export async function start(root) {
  /** @type {Part[]} */
  const parts = [];
  const say = await sentences(root);
  const go = (/** @type {string} */ view) => {
    showView(page, parts, view);
    goToTop(page);
  };
  /** @type {Page} */
  const page = { root, say, go, view: "list", ...queries(root) };
  parts.push(...(await partsOf(page)));
  root.classList.add("js");
  if (!page.maybe("[data-view-list]")) page.view = "";

  let before = "";
  const onSession = (/** @type {import("./session.js").Event} */ event) => {
    const { state } = session.snapshot(),
      isOpened = state === "kept" && before === "opening";
    before = state;
    if (event === "list" || event === "state") {
      render(page, parts);
      bringWords(page, parts);
    }
    parts.forEach((part) => {
      if (part.onEvent) part.onEvent(event);
    });
    if (isOpened && opensOnYours(page)) go("yours");
  };
  const onInput = (/** @type {Event} */ event) => {
    const field = targetOf(event);
    if (field.dataset.own) session.set(field.dataset.own, field.value, true);
  };
  const onChange = (/** @type {Event} */ event) => {
    const tick = targetOf(event);
    if (tick.dataset.step) session.set(pickOf(tick), tick.checked ? 1 : undefined);
  };
  const onClick = (/** @type {Event} */ event) => {
    const button = tapped(event, "data-show");
    if (button) go(button.dataset.show || "");
  };
  root.addEventListener("input", onInput);
  root.addEventListener("change", onChange);
  root.addEventListener("click", onClick);
  await session.begin();
  const unsubscribe = session.subscribe(onSession);
  root.dataset.at = "list";
  const isBack = opensOnYours(page);
  takeEarly(page);
  onSession("state");
  if (isBack) showView(page, parts, "yours");

  return () => {
    unsubscribe();
    clear(page, parts);
    parts.forEach((part) => {
      if (part.stop) part.stop();
    });
    root.removeEventListener("input", onInput);
    root.removeEventListener("change", onChange);
    root.removeEventListener("click", onClick);
  };
}
