/* Holds the open list in memory, keeps it sealed when asked to, and lets go of it. Every page that shows a part of the list (plan, needs,
   meeting) works through this one module, so that moving between pages of the app keeps what is in memory.

   Dangers: the words live in `held` and nowhere else; drop() is the one way out, and is called on lock, when hidden, when idle, on exit and
   on erase. PINs and words are never held: only the key that came of them, which cannot be exported. */

import * as sealed from "./sealed.js";
import * as shape from "./shape.js";
import * as store from "./store.js";

/** Seconds without a touch until it locks, when the youth has not chosen; the warning comes this long before. */
export const IDLE = 120, WARNING = 20;
/** Seconds to wait after so many wrong tries; counted from when the screen is shown, so that the phone's clock does not matter. */
const WAITS = [0, 1, 2, 4, 8, 15, 30, 60];
export const waitAfter = (tries) => WAITS[Math.min(tries, WAITS.length - 1)];

let phase = "unread"; // unread · new (in memory only) · closed (kept, not open) · open (kept and open) · broken (kept, cannot be read)
let held = shape.blank();
/* While open: {header, slots, steps, mark, slot, key, otherKey, base (the list as kept), pending (a list to save), saving (a promise)}. A save
   that is under way keeps its own hold of this object, so that a lock lets go of the list and still saves the last change. */
let kept = null;
let pin = false; // whether the kept list asks for words
let trouble = ""; // why the last save, or the look at what is kept, did not work
let touched = 0, warned = false, lastTry = 0, beginning = null, timer = 0;
const listeners = new Set();

/** Hear every change: listener(what) with "list", "phase", "saved", "trouble", "cover", "warning", "warning-off". Returns a function that stops it. */
export function hear(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(what) { listeners.forEach((listener) => listener(what)); }

export const state = () => ({ phase, kind: held.kind, pin, trouble, unsaved: !!kept && !!(kept.pending || kept.saving), eraseAfterTen: !!kept && sealed.erasesAfterTen(kept.header), second: !!held.marks.second });
export const marks = () => held.marks;
export const get = (key) => held.marks[key];
export const isEmpty = () => !Object.keys(held.marks).some((key) => key !== "idle");

function setPhase(next) {
  phase = next;
  touched = performance.now();
  warned = false;
  tell("phase");
}

/** Let go of the list and of the key. The page empties itself when it hears of the phase. */
function drop(next) {
  clearTimeout(timer);
  held = shape.blank();
  kept = null;
  trouble = "";
  setPhase(next);
}

/** Look at what this phone keeps. A list without a PIN opens at once. What cannot be read makes the phase "broken", and `trouble` says why. */
export function begin() {
  if (!beginning) beginning = look().catch((error) => { trouble = error.why || "broken"; setPhase("broken"); }).finally(() => { beginning = null; });
  return beginning;
}

async function look() {
  if (phase === "new" || phase === "open") return;
  if (!sealed.canSeal()) { setPhase("new"); return; }
  const there = await store.read();
  if (!there) { pin = false; drop("new"); return; }
  const box = sealed.readBox(there.box);
  pin = sealed.hasPin(box.header);
  if (pin || phase === "closed") { setPhase("closed"); return; }
  if (!await openWith("", there, box)) throw new sealed.Refused("damaged");
}

async function openWith(words, there, box) {
  const stretched = await sealed.stretch(words, box.header);
  const opened = await sealed.openBox(box, there.secret, stretched);
  if (!opened) return false;
  const list = shape.read(opened.text);
  opened.text.fill(0);
  const key = await sealed.slotKeys(there.secret, stretched, box.header, opened.slot);
  let otherKey = null;
  if (list.marks.second) otherKey = await sealed.slotKeys(there.secret, unbase64(list.marks.second), box.header, 1 - opened.slot);
  held = list;
  kept = Object.assign({ mark: there.mark, slot: opened.slot, key, otherKey, base: copy(list), pending: null, saving: null }, box);
  pin = sealed.hasPin(box.header);
  trouble = "";
  setPhase("open");
  // A later release asks for more rounds: the same PIN is stretched on, for both lists, and everything is sealed anew.
  const higher = list.kind === "plan" ? sealed.raised(box.header, sealed.LEAST_ROUNDS) : null;
  if (higher) {
    const from = sealed.counts(box.header).length;
    const mine = await sealed.stretchOn(stretched, higher, from);
    const other = list.marks.second ? await sealed.stretchOn(unbase64(list.marks.second), higher, from) : null;
    await reseal(there.secret, higher, mine, other);
  }
  return true;
}

/** Try words. True when they opened a list. The wait after wrong tries is served here, whatever page or tab asks. */
export async function unlock(words, waiting = () => {}) {
  const there = await store.read();
  if (!there) { drop("new"); return false; }
  const box = sealed.readBox(there.box);
  const tries = pin ? there.tries : 0;
  const wait = waitAfter(tries) * 1000 - (performance.now() - lastTry);
  if (wait > 0) { waiting(Math.ceil(wait / 1000)); await new Promise((done) => setTimeout(done, wait)); }
  // Counted before it is tried: a phone switched off in the middle has counted.
  if (pin) await store.setTries(tries + 1);
  const right = await openWith(words, there, box);
  lastTry = performance.now();
  if (right) { if (pin) await store.setTries(0); return true; }
  if (sealed.erasesAfterTen(box.header) && tries + 1 >= 10) await erase();
  return false;
}

// ---- Changing ---------------------------------------------------------------------------------------------------------------------------

/** Set one mark (undefined takes it away). Kept lists are saved at once; `soon` waits for more typing. */
export function set(key, value, soon = false) {
  if (phase !== "new" && phase !== "open") return;
  if (value === undefined || value === "" || value === false) delete held.marks[key]; else held.marks[key] = value;
  touch();
  tell("list");
  if (phase !== "open") return;
  kept.pending = held;
  clearTimeout(timer);
  if (soon) timer = setTimeout(save, 250); else save();
}

const copy = (list) => JSON.parse(JSON.stringify(list));
const base64 = (bytes) => btoa(String.fromCharCode.apply(null, bytes));
const unbase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/* The other half of the box, written anew at each save, so that a look at the bytes does not tell whether it is in use, nor which of the two
   changed. From the harmless list the other half cannot be read; it gets a fresh veil. */
async function otherSlot(now, steps, session) {
  const other = 1 - session.slot;
  if (now.kind === "list") return sealed.veiledAnew(unbase64(now.marks.veil), session.slots[other]);
  if (!session.otherKey) return sealed.unusedSlot(steps);
  const text = await sealed.openSlot(session.otherKey, session.header, other, session.slots[other]);
  return text ? sealed.sealSlot(session.otherKey, session.header, other, text, steps) : session.slots[other];
}

async function saveOnce(now, session) {
  const text = shape.write(now), steps = Math.max(sealed.stepsFor(text), session.steps), slots = [];
  slots[session.slot] = await sealed.sealSlot(session.key, session.header, session.slot, text, steps);
  text.fill(0);
  slots[1 - session.slot] = await otherSlot(now, steps, session);
  const box = sealed.makeBox(session.header, slots);
  // The mark of the box that `now` was made from: only the loop below, which waits for this, may set another.
  const mark = await store.write(box, session.mark);
  Object.assign(session, sealed.readBox(box), { mark, base: now });
}

/* Another tab has written: join its list and ours (`live`: what is on the screen, or was when it locked). Null when our key does not open it
   any more: its PIN was changed there. Nothing is waited for between reading `live` and giving back what came of it, so that a tick made
   meanwhile is in it. */
async function lookAgain(session, live) {
  const there = await store.read();
  if (!there) return null;
  const box = sealed.readBox(there.box), text = await sealed.openSlot(session.key, box.header, session.slot, box.slots[session.slot]);
  if (!text) return null;
  const theirs = shape.read(text), second = theirs.marks.second;
  const otherKey = second ? await sealed.slotKeys(there.secret, unbase64(second), box.header, 1 - session.slot) : null;
  const list = shape.joined(session.base, kept === session ? held : live, theirs);
  Object.assign(session, box, { mark: there.mark, base: theirs, otherKey, stale: false });
  if (kept === session) held = list;
  return list;
}

/** Save what is not saved, and take up what another tab wrote. Resolves when it is on disk, or when `trouble` says why not. */
export function save() {
  clearTimeout(timer);
  const session = kept;
  // One at a time, whoever asks: two of them at once could write a list over one they have not seen.
  if (!session || session.resealing) return Promise.resolve();
  if (!session.saving) session.saving = saveAll(session).finally(() => { session.saving = null; if (kept === session) tell("saved"); });
  return session.saving;
}

async function saveAll(session) {
  let live = held;
  while (session.pending || session.stale) {
    live = session.pending || live;
    if (kept !== session) { session.stale = false; if (!session.pending) return; }
    try {
      if (session.stale && kept === session && !session.pending) {
        if (!await lookAgain(session, live)) throw new store.StoreError("changed");
        tell("list");
        continue;
      }
      const now = copy(live);
      session.pending = null;
      await saveOnce(now, session);
      if (kept === session) trouble = "";
    } catch (error) {
      let why = error.why || "broken", list = null;
      if (why === "changed") {
        try {
          list = await lookAgain(session, live);
          if (!list) why = await store.isKept() ? "pin-changed" : "erased";
        } catch (other) { why = other.why || "broken"; }
      }
      if (list) {
        session.pending = list;
        if (kept === session) tell("list");
        continue;
      }
      session.stale = false;
      if (kept !== session) return;
      trouble = why;
      // The browser threw it away, or another tab erased it: what is on the screen is in memory only again, and can be kept anew.
      if (why === "erased") { kept = null; pin = false; setPhase("new"); } else session.pending = held;
      tell("trouble");
      return;
    }
  }
}

// ---- Keeping, and the PINs --------------------------------------------------------------------------------------------------------------

/* Seal the open list, and the other one if there is one, under a header. `other`: stretched words of the other list; `otherList`: its new text. */
async function reseal(secret, header, stretched, other, otherList = null) {
  const slot = kept ? kept.slot : crypto.getRandomValues(new Uint8Array(1))[0] & 1;
  const key = await sealed.slotKeys(secret, stretched, header, slot);
  let otherText = null;
  if (!otherList && other && kept && kept.otherKey) {
    const text = await sealed.openSlot(kept.otherKey, kept.header, 1 - slot, kept.slots[1 - slot]);
    otherList = text && shape.read(text);
  }
  if (otherList) {
    otherList.marks.veil = base64(key.veil);
    otherText = shape.write(otherList);
  }
  const before = copy(held), now = copy(held);
  if (otherText && other) now.marks.second = base64(other); else delete now.marks.second;
  const text = shape.write(now);
  const steps = Math.max(sealed.stepsFor(text), otherText ? sealed.stepsFor(otherText) : 1, kept ? kept.steps : 1);
  const otherKey = otherText && other ? await sealed.slotKeys(secret, other, header, 1 - slot) : null;
  const slots = [];
  slots[slot] = await sealed.sealSlot(key, header, slot, text, steps);
  slots[1 - slot] = otherKey ? await sealed.sealSlot(otherKey, header, 1 - slot, otherText, steps) : sealed.unusedSlot(steps);
  const box = sealed.makeBox(header, slots);
  const mark = await store.write(box, kept ? kept.mark : null, kept ? undefined : secret);
  const written = shape.write(held).join() !== shape.write(before).join();
  if (now.marks.second) held.marks.second = now.marks.second; else delete held.marks.second;
  // A tick that was made while the PIN was worked on is saved next.
  kept = Object.assign({ slot, key, otherKey, mark, base: copy(now), pending: written ? held : null, saving: null }, sealed.readBox(box));
  pin = sealed.hasPin(header);
}

/** Keep the list on this phone, or change how it is kept. Empty words leave a PIN that is set as it is; `open` takes it away.
    `harmless`: lines of the other list when a second PIN is given. Resolves to whether the browser promises not to throw the list away
    (null: it did not say). Throws StoreError, or Refused: "short", "same", "two-first", "pin-again", "unsealable". */
export async function keep({ words = "", second = "", open = false, eraseAfterTen = false, harmless = [] } = {}) {
  if (!sealed.canSeal()) throw new sealed.Refused("unsealable");
  const mine = sealed.plain(words), other = sealed.plain(second);
  if ((mine && mine.length < 4) || (other && other.length < 4)) throw new sealed.Refused("short");
  if (other && !mine && !pin) throw new sealed.Refused("two-first");
  if (mine && mine === other) throw new sealed.Refused("same");
  if (kept) await save();
  const session = kept;
  if (session) session.resealing = true;
  try {
    await keepAs({ mine, other, open, eraseAfterTen, harmless });
  } finally { if (session) session.resealing = false; }
  trouble = "";
  await save();
  if (trouble) throw new store.StoreError(trouble);
  setPhase("open");
  tell("saved");
  // Some browsers ask the reader first, and an answer may take its time.
  return Promise.race([store.persist(), new Promise((done) => setTimeout(done, 800, null))]);
}

async function keepAs({ mine, other, open, eraseAfterTen, harmless }) {
  const there = await store.read();
  if (there && !kept) throw new store.StoreError("changed");
  const secret = there ? there.secret : sealed.random(32);
  const wantsPin = !open && (!!mine || pin);
  let header, stretched, otherStretched = null, otherList = null;
  if (kept && wantsPin && pin) {
    // The salt and the counts stay, because the other list was stretched with them.
    header = kept.header.slice();
    header[5] = sealed.PIN_SET | (eraseAfterTen ? sealed.ERASE_AFTER_TEN : 0);
    if (!mine && !other && header[5] === kept.header[5]) return;
    if (held.marks.second && !other) otherStretched = unbase64(held.marks.second);
  } else header = sealed.newHeader({ pin: wantsPin, eraseAfterTen: wantsPin && eraseAfterTen, rounds: wantsPin ? await sealed.roundsHere() : 0 });
  if (other) {
    otherStretched = await sealed.stretch(other, header);
    otherList = shape.blank("list");
    harmless.forEach((line, at) => { otherList.marks[`item:s${at}`] = line; });
    otherList.marks.order = harmless.map((line, at) => `item:s${at}`);
  }
  if (mine) stretched = await sealed.stretch(mine, header);
  else if (!wantsPin) stretched = new Uint8Array(32);
  if (stretched && otherStretched && base64(stretched) === base64(otherStretched)) throw new sealed.Refused("same");
  if (stretched) await reseal(secret, header, stretched, otherStretched, otherList);
  else await resealSame(there.secret, header, otherStretched, otherList);
}

/* Change the flags or the other list while the PIN stays as it is: its words are not known now, and need not be, as long as what is bound
   into our slot (the header) does not change. With other flags it does, and then the PIN has to be typed again. */
async function resealSame(secret, header, other, otherList) {
  if (header[5] !== kept.header[5]) throw new sealed.Refused("pin-again");
  if (await sealed.openSlot(await sealed.slotKeys(secret, other, header, kept.slot), header, kept.slot, kept.slots[kept.slot])) throw new sealed.Refused("same");
  otherList.marks.veil = base64(kept.key.veil);
  const text = shape.write(otherList), otherKey = await sealed.slotKeys(secret, other, header, 1 - kept.slot), steps = Math.max(kept.steps, sealed.stepsFor(text));
  held.marks.second = base64(other);
  const slots = kept.slots.slice();
  slots[1 - kept.slot] = await sealed.sealSlot(otherKey, header, 1 - kept.slot, text, steps);
  Object.assign(kept, { otherKey, slots, pending: held });
}

/** A list that came from a backup takes the place of the one in memory. Throws Refused when it is not a list of ours. */
export function take(bytes) {
  const list = shape.read(bytes);
  delete list.marks.second;
  if (list.kind !== "plan") throw new sealed.Refused("damaged");
  // What is on the screen already is not lost: both lists are joined.
  held = shape.joined(shape.blank(), held, list);
  tell("list");
  if (kept) { kept.pending = held; save(); }
}

/** The list as bytes for a backup: without what belongs to this phone alone. */
export function told() {
  const list = copy(held);
  ["second", "idle"].forEach((key) => { delete list.marks[key]; });
  return shape.write(list);
}

// ---- Letting go -------------------------------------------------------------------------------------------------------------------------

/** Lock: save what is not saved, let go of words and key, and tell the other tabs. */
export function lock(alone = false) {
  if (phase !== "open") return;
  if (kept.pending) save();
  drop("closed");
  if (!alone) store.tell("locked");
}

/** Erase what this phone keeps of the list, and let go. "done" may be said when this resolves: it has looked. Throws StoreError. */
export async function erase() {
  const session = kept;
  pin = false;
  drop("new");
  if (session) { session.pending = null; await session.saving; }
  await store.eraseAll();
}

/** Somebody is there: the idle clock starts again. */
export function touch() {
  touched = performance.now();
  if (warned) { warned = false; tell("warning-off"); }
}

function idleNow() {
  const after = held.marks.idle === undefined ? IDLE : held.marks.idle;
  if ((phase !== "open" && phase !== "new") || !after || isEmpty()) return;
  const idle = (performance.now() - touched) / 1000;
  if (idle >= after) { if (phase === "open") lock(); else tell("cover"); } else if (idle >= after - WARNING && !warned) { warned = true; tell("warning"); }
}

function hide() {
  if (phase === "open") lock(true);
  else if (phase === "new" && !isEmpty()) tell("cover");
}

setInterval(idleNow, 1000);
["pointerdown", "keydown", "touchstart", "scroll"].forEach((name) => addEventListener(name, touch, { passive: true, capture: true }));
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") hide(); });
addEventListener("pagehide", hide);
document.addEventListener("freeze", hide);
document.addEventListener("app:leave", () => {
  if (kept && kept.pending) save();
  drop(kept || phase === "closed" ? "closed" : "new");
});
store.hear(async (word) => {
  if (word === "locked" && phase === "open") lock(true);
  if (word === "erased" && (phase === "open" || phase === "closed")) { pin = false; drop("new"); }
  if (word === "changed" && phase === "new" && isEmpty()) { phase = "unread"; begin(); }
  if (word === "changed" && phase === "open") { kept.stale = true; save(); }
});
