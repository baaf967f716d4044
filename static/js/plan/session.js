/* The plan's session: the open list in memory, what is known of the copy on the phone, and the state that both are
   in (states.js). Every page that shows a part of the list (plan, needs, meeting) works through this one module,
   so that moving between pages of the app keeps what is in memory.

   Dangers: the words live in `session.list` (and in the vault while a last save runs) and nowhere else; move()
   lets go of them whenever it reaches a state that holds none. After each wait, what came of it is dropped when
   the state has moved on meanwhile: a list never opens on a page that was hidden or left while its PIN was worked
   on. PINs and words are never held. */

import * as attempts from "./attempts.js";
import * as sealed from "./sealed.js";
import * as shape from "./shape.js";
import { isShown, next } from "./states.js";
import * as store from "./store.js";
import { copyOf, keepAs, openVault, raise, saveAll, whoseWords, whyOf } from "./vault.js";

/** @typedef {import("./sealed.js").Bytes} Bytes */
/** @typedef {import("./shape.js").List} List */
/** @typedef {import("./shape.js").Mark} Mark */
/** @typedef {import("./states.js").Move} Move */
/** @typedef {import("./states.js").State} State */
/** @typedef {import("./vault.js").Vault} Vault */

/**
 * state    the session moved · list: marks changed · saved, trouble: a save ended · warning, warning-off: it is about
 *          to lock, or not any more
 * @typedef {"state"|"list"|"saved"|"trouble"|"warning"|"warning-off"} Event
 */

/** Seconds without a touch until it locks, when the reader has not chosen; the warning comes WARNING seconds before. */
export const IDLE = 120,
  WARNING = 20;

/** The states that hold a list. */
const HOLDING = ["open", "covered", "kept"];

/** A try that runs: `end` is called when it is not wanted any more. @typedef {{end: () => void}} Attempt */

/**
 * state      see states.js
 * list       the open list; blank in a state that holds none
 * vault      its locked copy, in the state "kept"
 * hasPin     whether what the phone keeps asks for a PIN
 * trouble    why the last save, or the look at what is kept, did not work: a key of the page's sentences
 * attempt    the try that runs in the state "opening"
 * queue      the tries of this tab, one after the other, where the browser has no locks
 * beginning  the look at what the phone keeps that runs now
 * keeping    the change of how it is kept that runs now
 * touchedAt  when somebody last touched the page; lastTryAt: when a PIN was last tried (milliseconds since the page
 *            was loaded)
 * checks     words that were checked since right ones were
 * warned     whether the warning before the idle lock is shown
 * saveTimer, setBackTimer  what waits to run
 */
const session = {
  state: /** @type {State} */ ("closed"),
  list: shape.blank(),
  vault: /** @type {Vault | null} */ (null),
  hasPin: false,
  trouble: "",
  attempt: /** @type {Attempt | null} */ (null),
  queue: /** @type {Promise<unknown>} */ (Promise.resolve()),
  beginning: /** @type {Promise<void> | null} */ (null),
  keeping: /** @type {Promise<unknown> | null} */ (null),
  touchedAt: 0,
  lastTryAt: 0,
  checks: 0,
  warned: false,
  saveTimer: /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined),
  setBackTimer: /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined),
  listeners: /** @type {Set<(event: Event) => void>} */ (new Set()),
};

/**
 * Hear every event. Returns a function that stops it.
 * @param {(event: Event) => void} listener
 * @returns {() => void}
 */
export function subscribe(listener) {
  session.listeners.add(listener);
  return () => session.listeners.delete(listener);
}

/** @param {Event} event */
function emit(event) {
  session.listeners.forEach((listener) => listener(event));
}

const isHidden = () => document.visibilityState === "hidden";

/** What panels need to know, without the list itself. */
export const snapshot = () => ({
  state: session.state,
  hasPin: session.hasPin,
  trouble: session.trouble,
  unsaved: !!session.vault && (session.vault.dirty || !!session.vault.saving),
  eraseAfterTen: !!session.vault && sealed.erasesAfterTen(session.vault.header),
  hasSecond: !!session.list.marks.second,
});
export const marks = () => session.list.marks;
/** @param {string} key @returns {Mark | undefined} */
export const get = (key) => session.list.marks[key];
/** The words of a field, "" when there are none. @param {string} key */
export const words = (key) => {
  const mark = get(key);
  return typeof mark === "string" ? mark : "";
};
/** Marks that are about the list and not on it. */
const ABOUT = ["idle", "second", "veil"];
/** Whether a mark says of a section only that its picks go on the list (head.js). @param {string} key */
const isAboutSection = (key) => /^pick:[^/]*\/keep$/.test(key);
export const isEmpty = () =>
  !Object.keys(session.list.marks).some((key) => !ABOUT.includes(key) && !isAboutSection(key));

// ---- Moving between states ----------------------------------------------------------------------------------------

/**
 * The one way from state to state. Lets go of list and keys in a state that holds none.
 * @param {Move} name
 * @param {string} trouble
 */
function move(name, trouble = "") {
  const after = next(session.state, name);
  if (!HOLDING.includes(after) || !HOLDING.includes(session.state)) session.trouble = trouble;
  if (!HOLDING.includes(after)) letGo();
  if (session.attempt) session.attempt.end();
  session.attempt = null;
  session.state = after;
  session.touchedAt = performance.now();
  session.warned = false;
  emit("state");
}

/** Let go of the list and of the keys. Pages empty themselves when they hear of the state. */
function letGo() {
  clearTimeout(session.saveTimer);
  clearTimeout(session.setBackTimer);
  session.list = shape.blank();
  session.vault = null;
}

/** Off the screen: hidden, idle, or locked by its reader. What is not saved is saved on the way. */
function hide() {
  if (session.state === "open" && isEmpty()) return;
  if (session.vault && session.vault.dirty) save();
  move("hide");
}

/** Lock an open list that is kept, here and in the other tabs. */
export function lock() {
  if (session.state !== "kept") return;
  hide();
  store.announce("locked");
}

/** Show a covered list again. */
export function show() {
  if (session.state === "covered") move("show");
}

/** Erased by another tab, or by too many wrong tries. */
function gone() {
  session.hasPin = false;
  if (session.state === "kept") letGo();
  move("gone");
}

/**
 * Erase what this phone keeps of the list, and let go. "Done" may be said when this resolves: it has looked. Throws
 * StoreError.
 */
export async function erase() {
  const { vault, keeping } = session;
  session.hasPin = false;
  move("erase");
  if (keeping) await keeping.catch(() => {});
  if (vault) {
    vault.dirty = false;
    await vault.saving;
  }
  await store.eraseAll();
}

// ---- Opening ------------------------------------------------------------------------------------------------------

/**
 * Look at what this phone keeps. A list without a PIN opens at once. What cannot be read makes the state "broken",
 * and `trouble` says why.
 */
export function begin() {
  if (!session.beginning) {
    session.beginning = look()
      .catch(unreadable)
      .finally(() => {
        session.beginning = null;
      });
  }
  return session.beginning;
}

/** @param {unknown} error */
function unreadable(error) {
  if (!HOLDING.includes(session.state)) move("fail", whyOf(error));
}

async function look() {
  const before = session.state;
  if (HOLDING.includes(before) || before === "opening") return;
  if (!sealed.canSeal()) {
    move("none");
    return;
  }
  const kept = await store.read();
  if (session.state !== before) return;
  if (!kept) {
    session.hasPin = false;
    move("none");
    return;
  }
  const box = sealed.readBox(kept.box);
  session.hasPin = sealed.hasPin(box.header);
  if (session.hasPin || before === "locked" || isHidden()) {
    move("found");
    return;
  }
  const attempt = startAttempt();
  const opened = await openVault("", kept, box);
  if (session.attempt !== attempt) return;
  if (!opened) throw new sealed.Refused("damaged");
  install(opened.vault);
}

/** @param {Vault} vault */
function install(vault) {
  session.list = vault.list;
  session.vault = vault;
  session.hasPin = sealed.hasPin(vault.header);
  move("unlock");
}

/** Move to "opening". Returns the try, which stays `session.attempt` as long as it is wanted. @returns {Attempt} */
function startAttempt() {
  move("try");
  session.attempt = { end: () => {} };
  return session.attempt;
}

/* One try at a time in all tabs: without that, tabs that try together read the same count. Browsers without locks
   (before Chrome 69, Safari 15.4, Firefox 96) count one after the other in each tab only. */
/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
async function exclusively(work) {
  if (navigator.locks) return await navigator.locks.request("n", work);
  const turn = session.queue.then(work);
  session.queue = turn.catch(() => {});
  return turn;
}

/**
 * Try words on a locked list. True when they opened a list. The wait after wrong tries is served here, whatever page
 * or tab asks; one try runs at a time, and one that is not wanted any more (the page was hidden or left) opens
 * nothing. Throws StoreError, Refused.
 * @param {string} typed
 * @param {(seconds: number) => void} onWait told how long the wait is
 */
export async function unlock(typed, onWait = () => {}) {
  if (session.state !== "locked") return false;
  const attempt = startAttempt();
  try {
    return await exclusively(() => tryWords(typed, attempt, onWait));
  } finally {
    if (session.attempt === attempt) move("refuse");
  }
}

/**
 * Wait, but no longer than the try is wanted: the next one waits for this one's end.
 * @param {number} time
 * @param {Attempt} attempt
 */
function pause(time, attempt) {
  return new Promise((done) => {
    setTimeout(done, time);
    attempt.end = () => done(null);
  });
}

/** @param {string} typed @param {Attempt} attempt @param {(seconds: number) => void} onWait */
async function tryWords(typed, attempt, onWait) {
  const began = document.visibilityState,
    wanted = () => session.attempt === attempt && document.visibilityState === began;
  const kept = wanted() ? await store.read() : null;
  if (!wanted()) return false;
  if (!kept) {
    session.hasPin = false;
    move("none");
    return false;
  }
  const box = sealed.readBox(kept.box),
    pin = sealed.hasPin(box.header),
    { tries } = kept;
  const wait = (pin ? attempts.waitAfter(tries.waiting) * 1000 : 0) - (performance.now() - session.lastTryAt);
  if (wait > 0) {
    onWait(Math.ceil(wait / 1000));
    await pause(wait, attempt);
  }
  if (!wanted()) return false;
  // Counted before it is tried: a phone switched off in the middle has counted.
  if (pin) await store.setTries(attempts.counted(tries));
  const opened = await openVault(typed, kept, box);
  session.lastTryAt = performance.now();
  if (opened && pin) await store.setTries(attempts.opened(tries, isSecond(opened.vault)));
  if (!opened) {
    if (sealed.erasesAfterTen(box.header) && tries.erasing + 1 >= attempts.ERASE_AFTER) await eraseByTries();
    return false;
  }
  if (!wanted()) return false;
  install(opened.vault);
  setBackLater(opened.vault);
  await raiseRounds(opened.vault, kept.secret, opened.stretched);
  return true;
}

/** Whether this is the list behind the second PIN: it knows the veil of the other half. @param {Vault} vault */
const isSecond = (vault) => !!vault.list.marks.veil;

async function eraseByTries() {
  gone();
  await store.eraseAll();
}

/** @param {Vault} vault */
function setBackLater(vault) {
  session.setBackTimer = setTimeout(
    () =>
      exclusively(async () => {
        if (session.vault !== vault) return;
        const kept = await store.read();
        if (kept && kept.tries.waiting) await store.setTries(attempts.setBack(kept.tries));
      }).catch(() => {}),
    attempts.SET_BACK_AFTER * 1000,
  );
}

/* A later release asks for more rounds: the same PIN is stretched on, for both lists, and everything is sealed
   anew. No save may run meanwhile; what fails here is tried again at the next opening. */
/** @param {Vault} vault @param {Bytes} secret @param {Bytes} stretched */
async function raiseRounds(vault, secret, stretched) {
  vault.saving = raise(vault, secret, stretched).catch(() => {});
  await vault.saving;
  vault.saving = null;
  if (vault.dirty) await saveVault(vault);
}

// ---- Changing and saving ------------------------------------------------------------------------------------------

/** Set one mark (undefined, "" and false take it away). Kept lists are saved at once; `soon` waits for more typing.
 * @param {string} key @param {Mark | undefined | false} value */
export function set(key, value, soon = false) {
  if (!isShown(session.state)) return;
  const { marks: held } = session.list;
  if (value === undefined || value === "" || value === false) delete held[key];
  else held[key] = value;
  touch();
  emit("list");
  if (!session.vault) return;
  session.vault.dirty = true;
  clearTimeout(session.saveTimer);
  if (soon) session.saveTimer = setTimeout(save, 250);
  else save();
}

/**
 * Save what is not saved, and take up what another tab wrote. Resolves when it is on disk, or when `trouble` says why
 * not.
 */
export function save() {
  clearTimeout(session.saveTimer);
  return session.vault ? saveVault(session.vault) : Promise.resolve();
}

/* One at a time, whoever asks: two of them at once could write a list over one they have not seen. A save that
   runs holds on to its vault, so that a lock lets go of the list and still saves the last change. */
/** @param {Vault} vault @returns {Promise<void>} */
function saveVault(vault) {
  if (vault.resealing) return Promise.resolve();
  if (!vault.saving) vault.saving = runSave(vault);
  return vault.saving;
}

/** @param {Vault} vault */
async function runSave(vault) {
  const isOpen = () => session.vault === vault;
  const onJoin = () => {
    if (isOpen()) {
      session.list = vault.list;
      emit("list");
    }
  };
  const why = await saveAll(vault, isOpen, onJoin);
  vault.saving = null;
  if (!isOpen()) return;
  session.trouble = why;
  // The browser threw it away, or another tab erased it: what is on the screen is in memory only again, and can be
  // kept anew.
  if (why === "erased") {
    session.vault = null;
    session.hasPin = false;
    move("lose");
  }
  if (why) emit("trouble");
  emit("saved");
}

/**
 * Keep the list on this phone, or change how it is kept. Empty words leave a PIN that is set as it is; `open` takes
 * it away. `picks`: the ready choices that the second list begins with, when a second PIN is given. Resolves to
 * whether the browser promises not to throw the list away (null: it did not say). Throws StoreError, or Refused:
 * "short", "same", "two-first", "pin-again", "unsealable".
 * @param {{words?: string, second?: string, open?: boolean, eraseAfterTen?: boolean, picks?: string[]}} how
 */
export async function keep({
  words: typed = "",
  second: typedSecond = "",
  open = false,
  eraseAfterTen = false,
  picks = [],
} = {}) {
  if (!sealed.canSeal()) throw new sealed.Refused("unsealable");
  const first = sealed.plain(typed),
    second = sealed.plain(typedSecond);
  if ((first && first.length < 4) || (second && second.length < 4)) throw new sealed.Refused("short");
  if (second && !first && !session.hasPin) throw new sealed.Refused("two-first");
  if (first && first === second) throw new sealed.Refused("same");
  if (!isShown(session.state)) throw new store.StoreError("changed");
  const keeping = keepNow({ words: first, second, open, eraseAfterTen }, picks);
  session.keeping = keeping;
  try {
    await keeping;
  } finally {
    session.keeping = null;
  }
  // Some browsers ask the reader first, and an answer may take its time.
  return Promise.race([
    store.persist(),
    new Promise((/** @type {(answer: null) => void} */ done) => setTimeout(done, 800, null)),
  ]);
}

/** @param {import("./vault.js").Choice} choice @param {string[]} picks */
async function keepNow(choice, picks) {
  const began = document.visibilityState;
  await save();
  if (session.vault) await session.vault.saving;
  const { vault: before, list } = session;
  // Left, erased or lost while the PIN was worked on: nothing is written.
  const mayWrite = () =>
    before ? ["kept", "locked"].includes(session.state) : session.list === list && session.state !== "erased";
  if (before) before.resealing = true;
  let vault;
  try {
    vault = await keepAs(before, list, choice, { newOther: () => listOf(picks), mayWrite });
  } finally {
    if (before) before.resealing = false;
  }
  session.hasPin = sealed.hasPin(vault.header);
  session.trouble = "";
  if (isShown(session.state)) session.vault = vault;
  // Locked meanwhile, or being opened again: then the new PIN counts, and there is nothing to show.
  if (HOLDING.includes(session.state)) move("keep");
  await saveVault(vault);
  if (session.trouble) throw new store.StoreError(session.trouble);
  emit("saved");
  if (document.visibilityState !== began && isHidden() && isShown(session.state)) hide();
}

/** A list with these ready choices on it. @param {string[]} picks @returns {List} */
function listOf(picks) {
  const list = shape.blank();
  picks.forEach((pick) => {
    list.marks[`pick:${pick}`] = 1;
  });
  return list;
}

/**
 * Whether words are the PIN of the open list ("first"), the PIN that was set for the second one ("second"), or
 * neither (""). For a reader who wants to know it before the list locks: nothing is counted on the phone, and the
 * wait after wrong ones is served here.
 * @param {string} typed
 * @param {(seconds: number) => void} onWait
 * @returns {Promise<"first" | "second" | "">}
 */
export async function check(typed, onWait = () => {}) {
  const { vault } = session,
    seconds = attempts.waitAfter(session.checks);
  session.checks += 1;
  if (seconds) {
    onWait(seconds);
    await new Promise((done) => setTimeout(done, seconds * 1000));
  }
  const kept = await store.read();
  if (!kept || !vault || session.vault !== vault) return "";
  const found = await whoseWords(vault, kept.secret, typed);
  if (found) session.checks = 0;
  return found;
}

/**
 * A list that came from a backup is joined with the one on the screen. False when none is (it was locked meanwhile).
 * Throws Refused when it is not a list of ours.
 * @param {Bytes} bytes
 */
export function importList(bytes) {
  const list = shape.read(bytes);
  ABOUT.forEach((key) => {
    delete list.marks[key];
  });
  if (!isShown(session.state)) return false;
  session.list.marks = shape.joined(shape.blank(), session.list, list).marks;
  emit("list");
  if (session.vault) {
    session.vault.dirty = true;
    save();
  }
  return true;
}

/** The list as bytes for a backup: without what belongs to this phone alone. */
export function exportList() {
  const list = copyOf(session.list);
  ABOUT.forEach((key) => {
    delete list.marks[key];
  });
  return shape.write(list);
}

// ---- Watching -----------------------------------------------------------------------------------------------------

/** Somebody is there: the idle clock starts again. */
export function touch() {
  session.touchedAt = performance.now();
  if (session.warned) {
    session.warned = false;
    emit("warning-off");
  }
}

function lockWhenIdle() {
  const chosen = get("idle"),
    after = typeof chosen === "number" ? chosen : IDLE;
  if (!isShown(session.state) || !after || (session.state === "open" && isEmpty())) return;
  const idle = (performance.now() - session.touchedAt) / 1000;
  if (idle >= after && session.state === "kept") lock();
  else if (idle >= after) hide();
  else if (idle >= after - WARNING && !session.warned) {
    session.warned = true;
    emit("warning");
  }
}

/** @param {string} word what another tab did */
function onOtherTab(word) {
  if (word === "locked" && session.state === "kept") hide();
  if (word === "erased") gone();
  if (word === "changed" && session.state === "open" && isEmpty()) {
    move("look");
    begin();
  }
  if (word === "changed" && session.vault) {
    session.vault.stale = true;
    save();
  }
}

setInterval(lockWhenIdle, 1000);
["pointerdown", "keydown", "touchstart", "scroll"].forEach((name) =>
  addEventListener(name, touch, { passive: true, capture: true }),
);
document.addEventListener("visibilitychange", () => {
  if (isHidden()) hide();
});
addEventListener("pagehide", hide);
document.addEventListener("freeze", hide);
document.addEventListener("app:leave", () => {
  if (session.vault && session.vault.dirty) save();
  move("leave");
});
store.subscribe(onOtherTab);
