/* The sealed format: how a list is turned into bytes that open with the right PIN on this phone, and into a text
   that opens with six words on another. Pure: bytes in, bytes out; nothing here stores, shows or sends. Written
   down in SECURITY.md; tests/plan/ opens the same bytes with a second implementation.

   The box, kept as one piece:   header (48 bytes) · slot 0 · slot 1
     header   "LIST" · version · flags · 2 zero · salt (16) · four PBKDF2 counts (4 each) · bytes of a slot (4) · 4 zero
     slot     start (16) · veil over [nonce (12) · AES-256-GCM of [length (4) · text · zeros up to a step of 4 KiB]
              · tag (16) · random filler]
   Both slots are always there and equally long; one that is not in use is random bytes, which is what a sealed one
   looks like too.

   The veil (AES-256-CTR, a fresh start at each save) makes every byte of a slot another one without its PIN: the
   harmless list knows the veil of the other slot and not its key, so that each save changes both slots, and two
   copies of a phone's files do not tell which list changed.

   Dangers: a key is never exported and never stored; a nonce is used once (fresh for each write); version, flags,
   salt, counts and the slot's number are bound in, so that a slot moved, or read under another header, does not
   open. */

/** Bytes that can be handed to WebCrypto. @typedef {Uint8Array<ArrayBuffer>} Bytes */
/**
 * A box that was read: steps is the length of its slots.
 * @typedef {{header: Bytes, slots: Bytes[], steps: number}} Box
 */
/** The keys of one slot; the veil's bytes open nothing. @typedef {{key: CryptoKey, veil: Bytes}} SlotKeys */

export const STEP = 4096;
/** Steps that a list may take: 64 KiB, far above what the fields on the page can hold. */
export const MOST_STEPS = 16;
export const VERSION = 1;
export const PIN_SET = 1;
export const ERASE_AFTER_TEN = 2;
/**
 * PBKDF2 rounds, the least we start with: 0.15 s on a 2026 server core, about one second on a slow phone (SECURITY.md
 * says how that was reckoned).
 */
export const LEAST_ROUNDS = 600000;
/** And the most: a fast phone spends up to about half a second, and the same list still opens on a slow one. */
export const MOST_ROUNDS = 2000000;
/** A box or a backup that asks for more than this, all counts together, is not ours: it would freeze the phone. */
const TOO_MANY_ROUNDS = 8000000;

const HEADER = 48;
const START = 16;
const SLOT_EXTRA = START + 28;
const MAGIC = [76, 73, 83, 84];
const utf8 = new TextEncoder();

/** What is wrong with bytes that are not what we wrote. `why` is a word the page has a sentence for. */
export class Refused extends Error {
  /** @param {string} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/** @param {number} length @returns {Bytes} */
export function random(length) {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(bytes.subarray(at, Math.min(length, at + 65536)));
  return bytes;
}

const canPack = () => typeof CompressionStream === "function";

/** Whether this browser can seal at all (WebCrypto is there on https and on the phone itself only). */
export function canSeal() {
  return typeof crypto === "object" && !!crypto.subtle && typeof TextEncoder === "function";
}

/** @param {Uint8Array[]} parts @returns {Bytes} */
function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  parts.forEach((part) => {
    all.set(part, at);
    at += part.length;
  });
  return all;
}

/** @param {Uint8Array} bytes */
const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * A PIN or words as they are hashed: case, accents and spaces between do not matter, because nobody remembers those.
 * @param {string} words
 */
export function plain(words) {
  return words
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .trim()
    .replace(/\s+/g, " ");
}

// ---- The header ---------------------------------------------------------------------------------------------------

/**
 * A fresh header.
 * @param {{pin?: boolean, eraseAfterTen?: boolean, rounds?: number, salt?: Bytes}} how
 * @returns {Bytes}
 */
export function newHeader({ pin = false, eraseAfterTen = false, rounds = LEAST_ROUNDS, salt = random(16) }) {
  const header = new Uint8Array(HEADER);
  header.set(MAGIC);
  header[4] = VERSION;
  header[5] = (pin ? PIN_SET : 0) | (eraseAfterTen ? ERASE_AFTER_TEN : 0);
  header.set(salt, 8);
  view(header).setUint32(24, pin ? rounds : 0);
  return header;
}

/** @param {Bytes} header */
export const hasPin = (header) => (header[5] & PIN_SET) !== 0;
/** @param {Bytes} header */
export const erasesAfterTen = (header) => (header[5] & ERASE_AFTER_TEN) !== 0;

/** The counts in the order in which they are run, one PBKDF2 after the other. @param {Bytes} header */
export function counts(header) {
  return [24, 28, 32, 36].map((at) => view(header).getUint32(at)).filter((count) => count > 0);
}

/**
 * The header with one more count behind, so that all together reach `rounds`; null when they do already or there is
 * no room.
 * @param {Bytes} header @param {number} rounds
 */
export function raised(header, rounds) {
  const had = counts(header),
    missing = rounds - had.reduce((sum, count) => sum + count, 0);
  if (!hasPin(header) || missing <= 0 || had.length === 4) return null;
  const higher = header.slice();
  view(higher).setUint32(24 + 4 * had.length, missing);
  return higher;
}

/**
 * What is bound into a slot: everything in the header but the slot's length, which may grow while only one slot can
 * be opened.
 */
/** @param {Bytes} header @param {number} slot */
function bound(header, slot) {
  return joined(header.subarray(0, 40), Uint8Array.of(slot));
}

// ---- Keys ---------------------------------------------------------------------------------------------------------

/** @param {Bytes} bytes @param {Bytes} salt @param {number} rounds @returns {Promise<Bytes>} */
async function pbkdf2(bytes, salt, rounds) {
  const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, key, 256),
  );
}

/** 32 bytes from a PIN or words, through every count of the header; zeros when the header asks for none.
 * @param {string} words @param {Bytes} header @returns {Promise<Bytes>} */
export async function stretch(words, header) {
  if (!hasPin(header)) return new Uint8Array(32);
  return stretchOn(utf8.encode(plain(words)), header, 0);
}

/** Go on stretching from the count at `from`: how a count is raised for a slot whose PIN is not known now.
 * @param {Bytes} bytes @param {Bytes} header @param {number} from */
export async function stretchOn(bytes, header, from) {
  let stretched = bytes;
  for (const count of counts(header).slice(from)) stretched = await pbkdf2(stretched, header.subarray(8, 24), count);
  return stretched;
}

/**
 * The keys of one slot. The key cannot be exported, and lives as long as somebody holds it; the veil's 32 bytes can
 * be handed to the other list, and open nothing.
 * @param {Bytes} secret
 * @param {Bytes} stretched
 * @param {Bytes} header
 * @param {number} slot
 * @returns {Promise<SlotKeys>}
 */
export async function slotKeys(secret, stretched, header, slot) {
  const mixed = await crypto.subtle.importKey("raw", joined(secret, stretched), "HKDF", false, [
    "deriveKey",
    "deriveBits",
  ]);
  const how = (/** @type {string} */ of) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: header.subarray(8, 24),
    info: utf8.encode(`list ${VERSION} ${of} ${slot}`),
  });
  return {
    key: await crypto.subtle.deriveKey(how("slot"), mixed, { name: "AES-GCM", length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]),
    veil: new Uint8Array(await crypto.subtle.deriveBits(how("veil"), mixed, 256)),
  };
}

/** Rounds that take about half a second here, between the least and the most: asked when a PIN is set. */
export async function roundsHere() {
  const trial = 60000,
    began = performance.now();
  await pbkdf2(new Uint8Array(32), new Uint8Array(16), trial);
  const perSecond = trial / Math.max(0.001, (performance.now() - began) / 1000);
  return Math.round(Math.min(MOST_ROUNDS, Math.max(LEAST_ROUNDS, perSecond / 2)));
}

// ---- Slots --------------------------------------------------------------------------------------------------------

/** How many steps of 4 KiB a text needs; refused when it is more than a list may take. @param {Bytes} text */
export function stepsFor(text) {
  const steps = Math.ceil((text.length + 4) / STEP);
  if (steps > MOST_STEPS) throw new Refused("full");
  return steps;
}

/* The veil put on or taken off: the same step both ways. */
/** @param {Bytes} veil @param {Bytes} start @param {Bytes} bytes */
async function veiled(veil, start, bytes) {
  const key = await crypto.subtle.importKey("raw", veil, "AES-CTR", false, ["encrypt"]);
  return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CTR", counter: start, length: 32 }, key, bytes));
}

/**
 * A text as a slot. The nonce and the start are fresh at each call; only known-answer tests give them.
 * @param {SlotKeys} keys
 * @param {Bytes} header
 * @param {number} slot
 * @param {Bytes} text
 * @param {number} steps
 */
export async function sealSlot({ key, veil }, header, slot, text, steps, nonce = random(12), start = random(START)) {
  const padded = new Uint8Array(steps * STEP);
  view(padded).setUint32(0, text.length);
  padded.set(text, 4);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: bound(header, slot) },
    key,
    padded,
  );
  padded.fill(0);
  return joined(start, await veiled(veil, start, joined(nonce, new Uint8Array(sealed))));
}

/**
 * The same slot under a fresh veil: no byte of it stays, and it opens as before.
 * @param {Bytes} veil
 * @param {Bytes} bytes
 */
export async function veiledAnew(veil, bytes) {
  const start = random(START),
    inner = await veiled(veil, bytes.subarray(0, START), bytes.subarray(START));
  return joined(start, await veiled(veil, start, inner));
}

/** A slot nobody uses: random bytes of the same length as a sealed one. @param {number} steps */
export const unusedSlot = (steps) => random(SLOT_EXTRA + steps * STEP);

/**
 * The text of a slot, or null when this key does not open it. Every length is always tried: a slot may have filler
 * behind it.
 * @param {SlotKeys} keys @param {Bytes} header @param {number} slot @param {Bytes} bytes
 */
export async function openSlot({ key, veil }, header, slot, bytes) {
  const inner = await veiled(veil, bytes.subarray(0, START), bytes.subarray(START));
  let found = null;
  for (let steps = Math.floor((bytes.length - SLOT_EXTRA) / STEP); steps >= 1; steps--) {
    const sealed = inner.subarray(12, 28 + steps * STEP);
    try {
      const padded = new Uint8Array(
        await crypto.subtle.decrypt(
          { name: "AES-GCM", iv: inner.subarray(0, 12), additionalData: bound(header, slot) },
          key,
          sealed,
        ),
      );
      const length = view(padded).getUint32(0);
      if (length <= padded.length - 4) found = padded.slice(4, 4 + length);
      padded.fill(0);
    } catch (error) {
      /* not this length, or not this key: which of the two cannot be told, and need not be */
    }
  }
  return found;
}

// ---- The box ------------------------------------------------------------------------------------------------------

/** One piece from a header and two slots; the shorter slot gets random filler, so that both are equally long.
 * @param {Bytes} header @param {Bytes[]} slots */
export function makeBox(header, slots) {
  const length = Math.max(slots[0].length, slots[1].length);
  const whole = header.slice();
  view(whole).setUint32(40, length);
  return joined(whole, ...slots.map((slot) => joined(slot, random(length - slot.length))));
}

/**
 * {header, slots, steps} of a box. Throws Refused: "damaged" when it is not whole, "newer" when a later release wrote
 * it.
 * @param {Bytes} bytes @returns {Box}
 */
export function readBox(bytes) {
  if (bytes.length < HEADER || MAGIC.some((byte, at) => bytes[at] !== byte)) throw new Refused("damaged");
  if (bytes[4] > VERSION) throw new Refused("newer");
  const header = bytes.slice(0, HEADER),
    length = view(header).getUint32(40),
    steps = (length - SLOT_EXTRA) / STEP;
  const isWhole =
    steps >= 1 && steps <= MOST_STEPS && steps === Math.floor(steps) && bytes.length === HEADER + 2 * length;
  const rounds = counts(header).reduce((sum, count) => sum + count, 0);
  if (!isWhole || bytes[4] !== VERSION || rounds > TOO_MANY_ROUNDS || hasPin(header) !== rounds > 0)
    throw new Refused("damaged");
  return { header, slots: [bytes.slice(HEADER, HEADER + length), bytes.slice(HEADER + length)], steps };
}

/**
 * Open whichever slot these words open: {slot, text}, or null. Both slots are always tried whole, so that time tells
 * nothing.
 * @param {Box} box @param {Bytes} secret @param {Bytes} stretched
 */
export async function openBox(box, secret, stretched) {
  let opened = null;
  for (const slot of [0, 1]) {
    const text = await openSlot(await slotKeys(secret, stretched, box.header, slot), box.header, slot, box.slots[slot]);
    if (text) opened = { slot, text };
  }
  return opened;
}

// ---- The backup: a text for paper or for another phone, opened by six words ---------------------------------------
//   bytes  version (1) · salt (16) · count (4) · nonce (12) · AES-256-GCM of [packed (1) · length (4) · text · zeros
// up to 64] · first 4 of SHA-256
//   text   LIST1.<part>.<parts>.<base32>.   one a code; what stands before the nonce is bound in

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BACKUP_HEAD = 21;
/** Characters in one code: a QR code of version 17 at most, which a cheap phone reads from a screen or from paper. */
export const PART = 640;
export const MOST_PARTS = 6;
/**
 * Codes that a backup can have at most: MOST_STEPS steps in base32 are 164. A code that names more is not ours, and
 * would freeze the phone.
 */
const MOST_CODES = 200;

/** @param {Bytes} bytes */
function base32(bytes) {
  let text = "",
    bits = 0,
    held = 0;
  bytes.forEach((byte) => {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += LETTERS[(held >> bits) & 31];
    }
    held &= 255;
  });
  return bits ? text + LETTERS[(held << (5 - bits)) & 31] : text;
}

/** @param {string} text */
function unbase32(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0,
    held = 0,
    at = 0;
  for (const letter of text) {
    held = (held << 5) | LETTERS.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
    held &= 255;
  }
  return bytes;
}

/** @param {Bytes} bytes @param {CompressionStream | DecompressionStream} stream */
async function piped(bytes, stream) {
  const writer = stream.writable.getWriter();
  const written = Promise.all([writer.write(bytes), writer.close()]).catch(() => {});
  const reader = stream.readable.getReader(),
    parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    // A few bytes can unpack to gigabytes: stop at what a list may be.
    if (length > MOST_STEPS * STEP) {
      reader.cancel();
      throw new Refused("damaged");
    }
    parts.push(value);
  }
  await written;
  return joined(...parts);
}

/** @param {string} words @param {Bytes} salt @param {number} rounds */
async function backupKey(words, salt, rounds) {
  const stretched = await pbkdf2(utf8.encode(plain(words)), salt, rounds);
  const key = await crypto.subtle.importKey("raw", stretched, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: utf8.encode(`list ${VERSION} backup`) };
  return crypto.subtle.deriveKey(how, key, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {Bytes} bytes */
async function checksum(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, 4);
}

/**
 * The parts of a backup: one text a code. Salt, nonce, rounds and packing are given by known-answer tests only.
 * @param {Bytes} text
 * @param {string} words
 */
export async function sealBackup(
  text,
  words,
  { salt = random(16), nonce = random(12), rounds = LEAST_ROUNDS, pack = canPack() } = {},
) {
  let body = text;
  if (pack)
    body = await piped(text, new CompressionStream("deflate-raw")).catch(() => {
      pack = false;
      return text;
    });
  const padded = new Uint8Array(Math.ceil((body.length + 5) / 64) * 64);
  padded[0] = pack ? 1 : 0;
  view(padded).setUint32(1, body.length);
  padded.set(body, 5);
  const head = joined(Uint8Array.of(VERSION), salt, new Uint8Array(4));
  view(head).setUint32(17, rounds);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: head },
    await backupKey(words, salt, rounds),
    padded,
  );
  const whole = joined(head, nonce, new Uint8Array(sealed));
  const letters = base32(joined(whole, await checksum(whole)));
  const parts = Math.ceil(letters.length / PART);
  return Array.from(
    { length: parts },
    (_, at) => `LIST${VERSION}.${at + 1}.${parts}.${letters.slice(at * PART, (at + 1) * PART)}.`,
  );
}

/**
 * What the codes in a text hold, put together. Throws Refused: "no-code", "newer", "part-missing", "damaged".
 * @param {string} pasted
 */
function lettersOf(pasted) {
  if (pasted.length > 400000) throw new Refused("damaged");
  // Messengers break long lines: white space inside a part does not count.
  const pieces = pasted
    .toUpperCase()
    .replace(/[\s\u200b]+/g, "")
    .split(/(?=LIST\d+\.\d)/);
  /** @type {{version: number, place: number, count: number, letters: string}[]} */
  const codes = [];
  for (const piece of pieces) {
    const found = /^LIST(\d+)\.(\d+)\.(\d+)\.([A-Z2-7]+)/.exec(piece);
    if (found)
      codes.push({ version: Number(found[1]), place: Number(found[2]), count: Number(found[3]), letters: found[4] });
  }
  if (!codes.length) throw new Refused("no-code");
  if (codes.some(({ version }) => version > VERSION)) throw new Refused("newer");
  const { count } = codes[0];
  if (count > MOST_CODES || codes.some((code) => code.count !== count || code.place < 1 || code.place > count))
    throw new Refused("damaged");
  const parts = Array.from({ length: count }, (_, at) => codes.find(({ place }) => place === at + 1));
  return parts
    .map((part) => {
      if (!part) throw new Refused("part-missing");
      return part.letters;
    })
    .join("");
}

/**
 * The text in a backup, from its parts in any order with anything between them.
 * Throws Refused: "no-code", "newer", "part-missing", "damaged", "wrong-words", "cannot-unpack".
 * @param {string} pasted
 * @param {string} words
 */
export async function openBackup(pasted, words) {
  const bytes = unbase32(lettersOf(pasted));
  if (bytes.length < BACKUP_HEAD + 12 + 16 + 64 + 4) throw new Refused("damaged");
  const whole = bytes.slice(0, -4),
    end = bytes.slice(-4),
    sum = await checksum(whole);
  const head = whole.slice(0, BACKUP_HEAD),
    rounds = view(head).getUint32(17);
  if (sum.some((byte, at) => byte !== end[at]) || rounds < 1 || rounds > TOO_MANY_ROUNDS || head[0] !== VERSION)
    throw new Refused("damaged");
  const key = await backupKey(words, head.slice(1, 17), rounds);
  let padded;
  try {
    padded = new Uint8Array(
      await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: whole.subarray(BACKUP_HEAD, BACKUP_HEAD + 12), additionalData: head },
        key,
        whole.subarray(BACKUP_HEAD + 12),
      ),
    );
  } catch (error) {
    throw new Refused("wrong-words");
  }
  const length = view(padded).getUint32(1);
  if (length > padded.length - 5 || padded[0] > 1) throw new Refused("damaged");
  const body = padded.slice(5, 5 + length);
  if (!padded[0]) return body;
  if (typeof DecompressionStream !== "function") throw new Refused("cannot-unpack");
  return piped(body, new DecompressionStream("deflate-raw"));
}
