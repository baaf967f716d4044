/* The one place that keeps anything of a youth's on the phone; a test reads every other script to make sure.

   Everything is a Blob in IndexedDB, and nothing else: measured in three engines, a Blob's file is unlinked when
   it is deleted, while ordinary values, localStorage and stored keys stay readable in the browser's files for
   weeks. What is in the Blobs is sealed before it gets here (sealed.js). Names are dull, because names stay
   behind.

   One write is one transaction: the old box or the new one, never half. Every box wears a random mark (in its
   key); a write says which mark it was made from, and is refused when another tab has written since: nothing is
   lost, the caller looks again and joins.

   Danger: a Blob that was read holds its file on the disk, deleted or not, until the browser sweeps its memory;
   leaving the page or loading it again does not (measured). A worker's memory goes with the worker. So Blobs are
   read in a worker that ends with its answer: this module again, started from the address in [data-store]. Writing
   and erasing look at keys only. */

const NAME = "n";
const SECRET = "a",
  BOX = "b",
  TRIES = "c";
/** Bytes of the smallest box. */
const LEAST_BOX = 8328;
/** What the browser's use of its disk falls by at least when the file of a box is let go: half of the smallest box,
   because what takes its
   place (three Blobs of 32 bytes, their records) was measured at up to 1,900 bytes. */
const LEAST_FALL = 4096;
/**
 * How long a worker may take to come over a slow line, and how long the browser may take to tidy up (it does so about
 * 2 s after).
 */
const WORKER_MAY_TAKE = 3000,
  FILES_MAY_TAKE = 10000,
  LOG_IS_PACKED = 1000;
const inWorker = typeof document === "undefined";
const channel = !inWorker && typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;

/** The phone did not do what it was asked. `why`: "changed" (another tab wrote), "full", "refused" (private mode,
   or switched off),
   "files" (erased, but the browser still holds the files), "broken". */
export class StoreError extends Error {
  /** @param {string} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/** @param {unknown} error @returns {StoreError} */
function storeError(error) {
  if (error instanceof StoreError) return error;
  const name = error instanceof Object && "name" in error ? error.name : "";
  if (name === "QuotaExceededError") return new StoreError("full");
  if (name === "InvalidStateError" || name === "SecurityError" || name === "NotAllowedError")
    return new StoreError("refused");
  return new StoreError("broken");
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((done, fail) => {
    let request;
    try {
      request = indexedDB.open(NAME, 1);
    } catch (error) {
      fail(new StoreError("refused"));
      return;
    }
    request.onupgradeneeded = () => request.result.createObjectStore(NAME);
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      done(database);
    };
    request.onerror = () =>
      fail(
        request.error && request.error.name === "QuotaExceededError"
          ? new StoreError("full")
          : new StoreError("refused"),
      );
    request.onblocked = () => fail(new StoreError("broken"));
  });
}

/* Opening would make an empty database: look first, so that a reader who keeps nothing leaves nothing. */
/** @returns {Promise<boolean>} */
async function exists() {
  if (typeof indexedDB === "undefined" || !indexedDB) return false;
  if (typeof indexedDB.databases === "function") {
    try {
      return (await indexedDB.databases()).some((database) => database.name === NAME);
    } catch (error) {
      return false;
    }
  }
  return new Promise((done) => {
    let request;
    try {
      request = indexedDB.open(NAME, 1);
    } catch (error) {
      done(false);
      return;
    }
    request.onupgradeneeded = () => {
      if (request.transaction) request.transaction.abort();
    };
    request.onsuccess = () => {
      request.result.close();
      done(true);
    };
    request.onerror = (event) => {
      event.preventDefault();
      done(false);
    };
  });
}

/* Run `work(store)` in one transaction. It must not wait for anything but the store. Resolves once all is on disk. */
/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore, stop: (error: StoreError) => void) => void} work */
async function within(mode, work) {
  const database = await open();
  try {
    await new Promise((done, fail) => {
      /** @type {IDBTransaction} */
      let transaction;
      // strict: "kept" is said when the disk has it, not when the browser plans to write it.
      try {
        transaction = database.transaction(NAME, mode, { durability: "strict" });
      } catch (error) {
        fail(storeError(error));
        return;
      }
      /** @type {StoreError | null} */
      let failed = null;
      const stop = (/** @type {StoreError} */ error) => {
        failed = error;
        transaction.abort();
      };
      transaction.oncomplete = () => done(null);
      transaction.onabort = () => fail(failed || storeError(transaction.error));
      try {
        work(transaction.objectStore(NAME), stop);
      } catch (error) {
        stop(storeError(error));
      }
    });
  } finally {
    database.close();
  }
}

/** @param {Blob} blob @returns {Promise<Bytes>} */
function bytesOf(blob) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(new Uint8Array(/** @type {ArrayBuffer} */ (reader.result)));
    reader.onerror = () => fail(new StoreError("broken"));
    reader.readAsArrayBuffer(blob);
  });
}

const newMark = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
/** @param {string[]} keys @returns {string | null} */
const markIn = (keys) => {
  const key = keys.find((one) => one[0] === BOX);
  return key ? key.slice(1) : null;
};
/** The keys that a request brought: all of ours are text. @param {IDBRequest<IDBValidKey[]>} request */
const keysOf = (request) => /** @type {string[]} */ (request.result);

/** Whether a list is kept on this phone. */
export async function isKept() {
  return exists();
}

/** Whether this module has anything on this phone, files included that the browser has not let go of. */
export async function hasAnything() {
  return (await exists()) || (await filesThere());
}

/** @typedef {import("./sealed.js").Bytes} Bytes */
/**
 * Every Blob as bytes, by the first letter of its key.
 * @typedef {{mark: string | null, bytes: Record<string, Bytes>}} Found
 */
/**
 * What is kept, as the session needs it.
 * @typedef {{secret: Bytes, box: Bytes, mark: string | null, tries: Tries}} Kept
 */
/** @typedef {import("./attempts.js").Tries} Tries */

/** @returns {Promise<Found>} */
async function readHere() {
  /** @type {Record<string, Blob>} */
  const blobs = {};
  /** @type {Found} */
  const found = { mark: null, bytes: {} };
  await within("readonly", (store) => {
    const all = store.getAllKeys();
    all.onsuccess = () => {
      found.mark = markIn(keysOf(all));
      keysOf(all).forEach((key) => {
        const one = store.get(key);
        one.onsuccess = () => {
          blobs[key[0]] = one.result;
        };
      });
    };
  });
  for (const letter of Object.keys(blobs)) found.bytes[letter] = await bytesOf(blobs[letter]);
  return found;
}

let address = ""; // of this file, for a worker
/** @type {WorkerType | undefined} */
let type; // of that worker: "module" where it was not bundled
/** @type {Worker | null} */
let waiting = null; // a worker that came already: the next reading needs no signal
let readInPage = false; // a Blob was read in the page, whose memory may hold its file
let boxSize = LEAST_BOX; // of the box that was last read or written here

function startReader() {
  const worker = new Worker(address, { type });
  worker.onerror = () => {
    if (waiting === worker) waiting = null;
  };
  return worker;
}

/** @returns {Promise<{found?: Found, why?: string}>} */
function readApart() {
  return new Promise((done, fail) => {
    const worker = waiting || startReader();
    waiting = null;
    const end = () => {
      clearTimeout(late);
      worker.terminate();
    };
    const late = setTimeout(() => {
      end();
      fail();
    }, WORKER_MAY_TAKE);
    worker.onerror = () => {
      end();
      fail();
    };
    worker.onmessage = ({ data }) => {
      try {
        waiting = startReader();
      } catch (error) {
        /* the next reading tries again */
      }
      end();
      done(data);
    };
    worker.postMessage("read");
  });
}

async function answer() {
  try {
    return { found: await readHere() };
  } catch (error) {
    return { why: storeError(error).why };
  }
}

if (inWorker) addEventListener("message", async () => postMessage(await answer()));

/**
 * What is kept, or null when nothing is. The tries are kept too, so that starting again does not start the waiting
 * again. Throws StoreError.
 * @returns {Promise<Kept | null>}
 */
export async function read() {
  const named = document.querySelector("[data-store]");
  if (named instanceof HTMLElement) {
    address = named.dataset.store || "";
    type = named.dataset.storeType === "module" ? "module" : undefined;
  }
  if (!(await exists())) return null;
  // An old browser has no such workers, and without a signal it may not come: then the page reads, and erasing says
  // what that means.
  const { found, why } = await readApart().catch(async () => {
    readInPage = true;
    return { found: await readHere(), why: "" };
  });
  if (why || !found) throw new StoreError(why || "broken");
  const { [SECRET]: secret, [BOX]: box, [TRIES]: tries } = found.bytes;
  if (!secret && !box) return null;
  if (!secret || !box) throw new StoreError("broken");
  boxSize = box.length;
  return { secret, box, mark: found.mark, tries: triesOf(tries) };
}

/* Releases before this one kept one count for both. */
/** @param {Bytes | undefined} bytes @returns {Tries} */
function triesOf(bytes) {
  if (!bytes) return { waiting: 0, erasing: 0 };
  return { waiting: bytes[0], erasing: bytes.length > 1 ? bytes[1] : bytes[0] };
}

/**
 * Keep a box made from the one that wore `from` (null: there was none; then the secret is kept with it). Returns the
 * new mark.
 * @param {Bytes} box
 * @param {string | null} from
 * @param {Bytes} [secret]
 */
export async function write(box, from, secret) {
  const worn = newMark();
  // Erased since: opening would make an empty database of the same name.
  if (from !== null && !(await exists())) throw new StoreError("changed");
  await within("readwrite", (store, stop) => {
    const all = store.getAllKeys();
    all.onsuccess = () => {
      const there = markIn(keysOf(all));
      if (there !== from) {
        stop(new StoreError("changed"));
        return;
      }
      if (secret) store.put(new Blob([secret]), SECRET);
      if (there !== null) store.delete(BOX + there);
      store.put(new Blob([box]), BOX + worn);
    };
  });
  boxSize = box.length;
  announce("changed");
  return worn;
}

/** Keep the counts of wrong tries. @param {Tries} tries */
export async function setTries({ waiting: slow, erasing }) {
  if (!(await exists())) return;
  const bytes = Uint8Array.of(Math.min(slow, 255), Math.min(erasing, 255));
  await within("readwrite", (store) => {
    store.put(new Blob([bytes]), TRIES);
  });
}

// ---- Erasing ------------------------------------------------------------------------------------------------------

/* What the browser's use of the disk has to fall to before the file of an erased box, which it still held, is gone. */
/** @type {number | null} */
let goal = null;

/* Bytes that this site's databases take on the disk, files of Blobs included; null where the browser does not say. */
/** @returns {Promise<number | null>} */
async function onDisk() {
  try {
    // Only Chromium has these details.
    const { usageDetails } = /** @type {StorageEstimate & {usageDetails: {indexedDB?: number}}} */ (
      await navigator.storage.estimate()
    );
    return usageDetails.indexedDB || 0;
  } catch (error) {
    return null;
  }
}

/** Whether the disk's use is above `most`. @param {number | null} most */
async function isAbove(most) {
  const now = most === null ? null : await onDisk();
  return most !== null && now !== null && now > most;
}

async function filesThere() {
  return readInPage ? goal !== null : isAbove(goal);
}

/** Wait until the disk's use has fallen to `most`; false when it does not. @param {number | null} most */
async function fallsTo(most) {
  for (let waited = 0; await isAbove(most); waited += 100) {
    if (waited >= FILES_MAY_TAKE) return false;
    await new Promise((done) => setTimeout(done, 100));
  }
  return true;
}

/* Write other bytes over each Blob. */
function overwrite() {
  return within("readwrite", (store) => {
    const all = store.getAllKeys();
    all.onsuccess = () =>
      keysOf(all).forEach((key) => store.put(new Blob([crypto.getRandomValues(new Uint8Array(32))]), key));
  });
}

/** @returns {Promise<unknown>} */
function deleteDatabase() {
  return new Promise((done, fail) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = done;
    request.onerror = () => fail(new StoreError("broken"));
    // Another tab holds it open: it was told to close, and the deletion goes on when it has.
  });
}

/** Erase all of it: overwrite each Blob, delete it, delete the database, and look at each step, at the files too
   where the browser tells of
   them. Throws StoreError: "broken" when something is still there, "files" when only the files are, which the
   browser still holds. */
export async function eraseAll() {
  if (!(await exists())) {
    if (await filesThere()) throw new StoreError("files");
    goal = null;
    return;
  }
  announce("erased");
  // What is damaged may be smaller than any box of ours: then no fall tells of it.
  const before = await onDisk(),
    isWhole = before !== null && before > LEAST_BOX && boxSize >= LEAST_BOX;
  const fallen = isWhole ? before - LEAST_FALL : null;
  // Whether the file was let go is looked at here and not after the deletion: deleting a database packs the browser's
  // log, and how much
  // that gives back hangs on how often the list was saved (measured: 1 kB to 1.2 MB). A full disk must not stop an
  // erasure.
  const overwritten = await overwrite().then(
    () => true,
    () => false,
  );
  let letGo = overwritten && !readInPage && (await fallsTo(fallen));
  await within("readwrite", (store) => {
    store.clear();
  }).catch(() => {});
  await deleteDatabase();
  if (await exists()) throw new StoreError("broken");
  if (!overwritten && !readInPage) letGo = await fallsTo(fallen);
  // Where the browser does not tell, there is nothing more to look at.
  if (letGo || fallen === null) return;
  // Once the browser has packed its log, only letting a file go makes its use of the disk fall by so much.
  await new Promise((done) => setTimeout(done, LOG_IS_PACKED));
  const now = await onDisk();
  goal = now === null ? 0 : now - LEAST_FALL;
  throw new StoreError("files");
}

/** Ask the browser not to throw the list away by itself: true, false, or null when it cannot be asked. */
export async function persist() {
  try {
    return navigator.storage && navigator.storage.persist ? await navigator.storage.persist() : null;
  } catch (error) {
    return null;
  }
}

/**
 * Hear what other tabs did: "changed", "erased", "locked". Returns a function that stops hearing. Only these words
 * are ever sent.
 * @param {(word: string) => void} listener
 */
export function subscribe(listener) {
  if (!channel) return () => {};
  const onMessage = (/** @type {MessageEvent<string>} */ event) => listener(event.data);
  channel.addEventListener("message", onMessage);
  return () => channel.removeEventListener("message", onMessage);
}

/** Tell the other tabs. @param {"changed" | "erased" | "locked"} word */
export function announce(word) {
  if (channel) channel.postMessage(word);
}
