/* The locked copy of an open list: opening it, saving it, and sealing it anew under another PIN. A vault lives in
   memory while its list is open, and until its last save is on the disk; it holds keys that cannot be exported,
   never a PIN or words.

   Dangers: only one save at a time may run on a vault (session.js sees to it); each save writes both halves of the
   box anew, so that a look at the bytes does not tell whether the other half is in use, nor which of the two
   changed. */

import * as sealed from "./sealed.js";
import * as shape from "./shape.js";
import * as store from "./store.js";

/** @typedef {import("./sealed.js").Bytes} Bytes */
/** @typedef {import("./sealed.js").Box} Box */
/** @typedef {import("./sealed.js").SlotKeys} SlotKeys */
/** @typedef {import("./shape.js").List} List */

/**
 * header, slots, steps  the box as it is on the phone
 * mark       which box that is: a write names the box it was made from
 * slot       the half that is ours (0 or 1)
 * key        the keys of our half
 * otherKey   the keys of the other half, when its PIN was set from this list
 * list       the list as it is now: the same object as the session's while it is open
 * base       the list as it is on the phone
 * dirty      something in `list` is not saved
 * stale      another tab has written
 * saving     the save that runs now
 * resealing  the box is being sealed anew: no save may run
 * @typedef {{header: Bytes, slots: Bytes[], steps: number, mark: string | null, slot: number, key: SlotKeys,
 *   otherKey: SlotKeys | null, list: List, base: List, dirty: boolean, stale: boolean, saving: Promise<void> | null,
 *   resealing: boolean}} Vault
 */

/** @param {List} list @returns {List} */
export const copyOf = (list) => JSON.parse(JSON.stringify(list));
/** @param {Bytes} bytes */
export const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
/** @param {string} text @returns {Bytes} */
export const unbase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
/** @param {unknown} error why it failed, as a key of the page's sentences */
export const whyOf = (error) =>
  error instanceof Object && "why" in error && typeof error.why === "string" ? error.why : "broken";

/**
 * Open what is kept with words. Null when they open nothing.
 * @param {string} words
 * @param {store.Kept} kept
 * @param {Box} box its box, read
 * @returns {Promise<{vault: Vault, stretched: Bytes} | null>}
 */
export async function openVault(words, kept, box) {
  const stretched = await sealed.stretch(words, box.header);
  const opened = await sealed.openBox(box, kept.secret, stretched);
  if (!opened) return null;
  const list = shape.read(opened.text),
    second = list.marks.second;
  opened.text.fill(0);
  const key = await sealed.slotKeys(kept.secret, stretched, box.header, opened.slot);
  const otherKey = second ? await sealed.slotKeys(kept.secret, unbase64(second), box.header, 1 - opened.slot) : null;
  const state = { mark: kept.mark, slot: opened.slot, key, otherKey, list, base: copyOf(list) };
  return { vault: { ...box, ...state, dirty: false, stale: false, saving: null, resealing: false }, stretched };
}

/**
 * Whose words these are: of this list, of the second one that was set from it, or of neither ("").
 * @param {Vault} vault
 * @param {Bytes} secret
 * @param {string} words
 */
export async function whoseWords(vault, secret, words) {
  const stretched = await sealed.stretch(words, vault.header);
  if (base64(stretched) === vault.list.marks.second) return "second";
  const key = await sealed.slotKeys(secret, stretched, vault.header, vault.slot);
  return (await sealed.openSlot(key, vault.header, vault.slot, vault.slots[vault.slot])) ? "first" : "";
}

// ---- Saving -------------------------------------------------------------------------------------------------------

/**
 * The other half for the next box. From the second list the first one cannot be read; it gets a fresh veil.
 * @param {Vault} vault
 * @param {List} now
 * @param {number} steps
 */
async function otherHalf(vault, now, steps) {
  const other = 1 - vault.slot,
    bytes = vault.slots[other];
  if (now.marks.veil) return sealed.veiledAnew(unbase64(now.marks.veil), bytes);
  if (!vault.otherKey) return sealed.unusedSlot(steps);
  const text = await sealed.openSlot(vault.otherKey, vault.header, other, bytes);
  return text ? sealed.sealSlot(vault.otherKey, vault.header, other, text, steps) : bytes;
}

/** @param {Vault} vault @param {List} now */
async function saveOnce(vault, now) {
  const text = shape.write(now),
    steps = Math.max(sealed.stepsFor(text), vault.steps),
    slots = [];
  slots[vault.slot] = await sealed.sealSlot(vault.key, vault.header, vault.slot, text, steps);
  text.fill(0);
  slots[1 - vault.slot] = await otherHalf(vault, now, steps);
  const box = sealed.makeBox(vault.header, slots);
  // The mark of the box that `now` was made from: only saveAll(), which waits for this, may set another.
  const mark = await store.write(box, vault.mark);
  Object.assign(vault, sealed.readBox(box), { mark, base: now });
}

/**
 * Join what another tab wrote with our list. False when our key does not open it any more: its PIN was changed there,
 * or it is gone.
 * @param {Vault} vault
 */
async function joinOther(vault) {
  const kept = await store.read();
  if (!kept) return false;
  const box = sealed.readBox(kept.box),
    text = await sealed.openSlot(vault.key, box.header, vault.slot, box.slots[vault.slot]);
  if (!text) return false;
  const theirs = shape.read(text),
    second = theirs.marks.second;
  const otherKey = second ? await sealed.slotKeys(kept.secret, unbase64(second), box.header, 1 - vault.slot) : null;
  // Nothing is waited for between reading `vault.list` and putting back what came of it, so that a tick made
  // meanwhile is in it.
  const list = shape.joined(vault.base, vault.list, theirs);
  Object.assign(vault, box, { mark: kept.mark, base: theirs, otherKey, list, stale: false });
  return true;
}

/**
 * Save until nothing is left to save, and take up what another tab wrote. Returns "" when all is on the phone, else
 * why the last change is not: a key of the page's sentences.
 * @param {Vault} vault
 * @param {() => boolean} isOpen whether its list is still open: of a closed one, only the last change matters
 * @param {() => void} onJoin called after another tab's changes were joined into `vault.list`
 * @returns {Promise<string>}
 */
export async function saveAll(vault, isOpen, onJoin) {
  while (vault.dirty || vault.stale) {
    if (!isOpen()) vault.stale = false;
    if (!vault.dirty && !vault.stale) break;
    try {
      if (!vault.dirty) {
        if (!(await joinOther(vault))) throw new store.StoreError("changed");
        onJoin();
        continue;
      }
      const now = copyOf(vault.list);
      vault.dirty = false;
      await saveOnce(vault, now);
    } catch (error) {
      const why = await afterFailure(vault, whyOf(error));
      vault.dirty = true;
      if (why) {
        vault.stale = false;
        return why;
      }
      onJoin();
    }
  }
  return "";
}

/**
 * "" when a save that met another tab's box was joined with it and can be tried again; else why it failed for good.
 * @param {Vault} vault
 * @param {string} why
 */
async function afterFailure(vault, why) {
  if (why !== "changed") return why;
  try {
    if (await joinOther(vault)) return "";
    return (await store.isKept()) ? "pin-changed" : "erased";
  } catch (error) {
    return whyOf(error);
  }
}

// ---- Sealing anew -------------------------------------------------------------------------------------------------

/**
 * Whether what is bound into a slot is the same under both headers: then a half that cannot be read stays readable
 * for its own PIN.
 */
const sameBinding = (/** @type {Bytes} */ one, /** @type {Bytes} */ two) =>
  one.subarray(0, 40).join() === two.subarray(0, 40).join();

/**
 * Seal a list under a header and keep it; the other list too, if there is one.
 * @param {Vault | null} vault the copy that is on the phone, or null when there is none yet
 * @param {List} list the open list; what is changed in it meanwhile makes the vault dirty
 * @param {{secret: Bytes, header: Bytes, slot: number, key: SlotKeys, other: Bytes | null, otherList?: List | null,
 *   mayWrite?: () => boolean}} how slot, key: our half and its keys under this header; other: the stretched PIN of
 *   the other list; otherList: what it holds, when it is new; mayWrite: asked last, before anything is written
 * @returns {Promise<Vault>} the same vault, or a new one
 */
export async function reseal(
  vault,
  list,
  { secret, header, slot, key, other, otherList = null, mayWrite = () => true },
) {
  const theirs = otherList || (await otherListOf(vault, other));
  if (theirs) theirs.marks.veil = base64(key.veil);
  const otherText = theirs && other ? shape.write(theirs) : null,
    second = otherText && other ? base64(other) : undefined;
  const now = copyOf(list),
    veil = vault && !second && sameBinding(header, vault.header) ? now.marks.veil : undefined;
  const before = shape.write(list).join();
  setOrDelete(now, second, veil);
  const text = shape.write(now);
  const steps = Math.max(sealed.stepsFor(text), otherText ? sealed.stepsFor(otherText) : 1, vault ? vault.steps : 1);
  const otherKey = second && other ? await sealed.slotKeys(secret, other, header, 1 - slot) : null;
  const slots = [];
  slots[slot] = await sealed.sealSlot(key, header, slot, text, steps);
  if (otherKey && otherText) slots[1 - slot] = await sealed.sealSlot(otherKey, header, 1 - slot, otherText, steps);
  else if (veil && vault) slots[1 - slot] = await sealed.veiledAnew(unbase64(veil), vault.slots[1 - slot]);
  else slots[1 - slot] = sealed.unusedSlot(steps);
  const box = sealed.makeBox(header, slots);
  if (!mayWrite()) throw new store.StoreError("changed");
  const mark = await store.write(box, vault ? vault.mark : null, vault ? undefined : secret);
  // A tick that was made while the PIN was worked on is saved next.
  const dirty = shape.write(list).join() !== before;
  setOrDelete(list, second, veil);
  const made = { ...sealed.readBox(box), slot, key, otherKey, mark, base: now, dirty };
  return Object.assign(vault || { list, stale: false, saving: null, resealing: false }, made);
}

/**
 * What the other list holds, when it is to stay and can be read.
 * @param {Vault | null} vault
 * @param {Bytes | null} other
 */
async function otherListOf(vault, other) {
  if (!other || !vault || !vault.otherKey) return null;
  const text = await sealed.openSlot(vault.otherKey, vault.header, 1 - vault.slot, vault.slots[1 - vault.slot]);
  return text && shape.read(text);
}

/** @param {List} list @param {string | undefined} second @param {string | undefined} veil */
function setOrDelete(list, second, veil) {
  if (second) list.marks.second = second;
  else delete list.marks.second;
  if (veil) list.marks.veil = veil;
  else delete list.marks.veil;
}

/**
 * Raise the rounds of a list's PIN to what this release asks for, for both lists. Only from the first list, which
 * knows both.
 * @param {Vault} vault
 * @param {Bytes} secret
 * @param {Bytes} stretched its PIN through the rounds it had
 */
export async function raise(vault, secret, stretched) {
  const higher = vault.list.marks.veil ? null : sealed.raised(vault.header, sealed.LEAST_ROUNDS);
  if (!higher) return;
  const from = sealed.counts(vault.header).length,
    second = vault.list.marks.second;
  const mine = await sealed.stretchOn(stretched, higher, from);
  const other = second ? await sealed.stretchOn(unbase64(second), higher, from) : null;
  const key = await sealed.slotKeys(secret, mine, higher, vault.slot);
  await reseal(vault, vault.list, { secret, header: higher, slot: vault.slot, key, other });
}

/**
 * @typedef {{words: string, second: string, open: boolean, eraseAfterTen: boolean}} Choice how a list is to be kept:
 *   words and second are plain() already, empty when they stay as they are; open: without a PIN
 */

/**
 * Keep a list, or change how it is kept. Throws StoreError, or Refused: "same", "pin-again".
 * @param {Vault | null} vault
 * @param {List} list
 * @param {Choice} choice
 * @param {{newOther: () => List, mayWrite: () => boolean}} more newOther: what a new second list holds
 * @returns {Promise<Vault>}
 */
export async function keepAs(vault, list, { words, second, open, eraseAfterTen }, { newOther, mayWrite }) {
  const there = await store.read();
  if (there && !vault) throw new store.StoreError("changed");
  const secret = there ? there.secret : sealed.random(32),
    hadPin = !!vault && sealed.hasPin(vault.header);
  const pin = !open && (!!words || hadPin);
  let header,
    other = null;
  if (vault && pin && hadPin) {
    // The salt and the counts stay, because the other list was stretched with them.
    header = vault.header.slice();
    header[5] = sealed.PIN_SET | (eraseAfterTen ? sealed.ERASE_AFTER_TEN : 0);
    if (!words && !second && header[5] === vault.header[5]) return vault;
    if (list.marks.second && !second) other = unbase64(list.marks.second);
  } else
    header = sealed.newHeader({
      pin,
      eraseAfterTen: pin && eraseAfterTen,
      rounds: pin ? await sealed.roundsHere() : 0,
    });
  const otherList = second ? newOther() : null;
  if (second) other = await sealed.stretch(second, header);
  const how = { secret, header, slot: vault ? vault.slot : sealed.random(1)[0] & 1, other, otherList, mayWrite };
  if (vault && pin && !words) {
    // Our PIN is not known now, and need not be, as long as what is bound into our half (the header) does not change.
    if (!other || !otherList || !sameBinding(header, vault.header)) throw new sealed.Refused("pin-again");
    const asOurs = await sealed.slotKeys(secret, other, header, vault.slot);
    if (await sealed.openSlot(asOurs, header, vault.slot, vault.slots[vault.slot])) throw new sealed.Refused("same");
    return reseal(vault, list, { ...how, key: vault.key });
  }
  const stretched = words ? await sealed.stretch(words, header) : new Uint8Array(32);
  if (other && base64(stretched) === base64(other)) throw new sealed.Refused("same");
  return reseal(vault, list, { ...how, key: await sealed.slotKeys(secret, stretched, header, how.slot) });
}
