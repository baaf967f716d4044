/* The one place that keeps anything of a youth's on the phone; a test reads every other script to make sure.

   Everything is a Blob in IndexedDB, and nothing else: measured in three engines, a Blob's file is unlinked when it is deleted, while
   ordinary values, localStorage and stored keys stay readable in the browser's files for weeks. What is in the Blobs is sealed before it
   gets here (sealed.js). Names are dull, because names stay behind.

   One write is one transaction: the old box or the new one, never half. Every box wears a random mark (in its key); a write says
   which mark it was made from, and is refused when another tab has written since: nothing is lost, the caller looks again and joins.

   Danger: a Blob that was read holds its file on the disk, deleted or not, until the browser sweeps its memory; leaving the page or loading it
   again does not (measured). A worker's memory goes with the worker. So Blobs are read in a worker that ends with its answer: this module
   again, started from the address in [data-store]. Writing and erasing look at keys only. */

const NAME = "n";
const SECRET = "a", BOX = "b", TRIES = "c";
/** Bytes of the smallest box: what the browser's use of its disk must at least fall by when the files of a list go. */
const LEAST_BOX = 8328;
/** How long a worker may take to come over a slow line, and how long the browser may take to tidy up (it does so about 2 s after). */
const WORKER_MAY_TAKE = 3000, FILES_MAY_TAKE = 10000;
const inWorker = typeof document === "undefined";
const channel = !inWorker && typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;

/** The phone did not do what it was asked. `why`: "changed" (another tab wrote), "full", "refused" (private mode, or switched off),
    "files" (erased, but the browser still holds the files), "broken". */
export class StoreError extends Error {
  constructor(why) { super(why); this.why = why; }
}

function whyOf(error) {
  const name = error && error.name;
  if (error instanceof StoreError) return error;
  if (name === "QuotaExceededError") return new StoreError("full");
  if (name === "InvalidStateError" || name === "SecurityError" || name === "NotAllowedError") return new StoreError("refused");
  return new StoreError("broken");
}

function open() {
  return new Promise((done, fail) => {
    let request;
    try { request = indexedDB.open(NAME, 1); } catch (error) { fail(new StoreError("refused")); return; }
    request.onupgradeneeded = () => request.result.createObjectStore(NAME);
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      done(database);
    };
    request.onerror = () => fail(request.error && request.error.name === "QuotaExceededError" ? new StoreError("full") : new StoreError("refused"));
    request.onblocked = () => fail(new StoreError("broken"));
  });
}

/* Opening would make an empty database: look first, so that a reader who keeps nothing leaves nothing. */
async function exists() {
  if (typeof indexedDB === "undefined" || !indexedDB) return false;
  if (typeof indexedDB.databases === "function") {
    try { return (await indexedDB.databases()).some((database) => database.name === NAME); } catch (error) { return false; }
  }
  return new Promise((done) => {
    let request;
    try { request = indexedDB.open(NAME, 1); } catch (error) { done(false); return; }
    request.onupgradeneeded = () => request.transaction.abort();
    request.onsuccess = () => { request.result.close(); done(true); };
    request.onerror = (event) => { event.preventDefault(); done(false); };
  });
}

/* Run `work(store)` in one transaction. It must not wait for anything but the store. What it returns is given back once all is on disk. */
async function within(mode, work) {
  const database = await open();
  try {
    return await new Promise((done, fail) => {
      let transaction, answer;
      // strict: "kept" is said when the disk has it, not when the browser plans to write it.
      try { transaction = database.transaction(NAME, mode, { durability: "strict" }); } catch (error) { fail(whyOf(error)); return; }
      let failed = null;
      const stop = (error) => { failed = error; transaction.abort(); };
      transaction.oncomplete = () => done(answer);
      transaction.onabort = () => fail(failed || whyOf(transaction.error));
      try { answer = work(transaction.objectStore(NAME), stop); } catch (error) { stop(whyOf(error)); }
    });
  } finally {
    database.close();
  }
}

function bytesOf(blob) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(new Uint8Array(reader.result));
    reader.onerror = () => fail(new StoreError("broken"));
    reader.readAsArrayBuffer(blob);
  });
}

const newMark = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const markIn = (keys) => { const key = keys.find((one) => one[0] === BOX); return key ? key.slice(1) : null; };

/** Whether a list is kept on this phone. */
export async function isKept() {
  return exists();
}

/** Whether this module has anything on this phone, files included that the browser has not let go of. */
export async function hasAnything() {
  return await exists() || await filesThere();
}

/* Every Blob as bytes, by the first letter of its key; and the mark. */
async function readHere() {
  const blobs = {}, told = { mark: null };
  await within("readonly", (store) => {
    store.getAllKeys().onsuccess = (event) => {
      const keys = event.target.result;
      told.mark = markIn(keys);
      keys.forEach((key) => { store.get(key).onsuccess = (got) => { blobs[key[0]] = got.target.result; }; });
    };
  });
  for (const letter of Object.keys(blobs)) told[letter] = await bytesOf(blobs[letter]);
  return told;
}

let address = "", type; // of this file, for a worker: "module" where it was not bundled
let waiting = null; // a worker that came already: the next reading needs no signal
let readInPage = false; // a Blob was read in the page, whose memory may hold its file

function startReader() {
  const worker = new Worker(address, { type });
  worker.onerror = () => { if (waiting === worker) waiting = null; };
  return worker;
}

function readApart() {
  return new Promise((done, fail) => {
    const worker = waiting || startReader();
    waiting = null;
    const end = (tell, answer) => { clearTimeout(late); worker.terminate(); tell(answer); };
    const late = setTimeout(end, WORKER_MAY_TAKE, fail);
    worker.onerror = () => end(fail);
    worker.onmessage = ({ data }) => {
      try { waiting = startReader(); } catch (error) { /* the next reading tries again */ }
      end(done, data);
    };
    worker.postMessage("read");
  });
}

if (inWorker) addEventListener("message", () => readHere().then((told) => ({ told }), (error) => ({ why: error.why || "broken" })).then((answer) => postMessage(answer)));

/** {secret, box, mark, tries} as kept, or null when nothing is kept. `tries`: wrong words since the last right ones; kept, so that starting
    again does not start the waiting again. Throws StoreError. */
export async function read() {
  const named = document.querySelector("[data-store]");
  if (named) ({ store: address, storeType: type } = named.dataset);
  if (!await exists()) return null;
  // An old browser has no such workers, and without a signal it may not come: then the page reads, and erasing says what that means.
  const { told, why } = await readApart().catch(async () => { readInPage = true; return { told: await readHere() }; });
  if (why) throw new StoreError(why);
  if (!told[SECRET] && !told[BOX]) return null;
  if (!told[SECRET] || !told[BOX]) throw new StoreError("broken");
  return { secret: told[SECRET], box: told[BOX], mark: told.mark, tries: told[TRIES] ? told[TRIES][0] : 0 };
}

/** Keep a box made from the one that wore `from` (null: there was none; then the secret is kept with it). Returns the new mark. */
export async function write(box, from, secret) {
  const worn = newMark();
  // Erased since: opening would make an empty database of the same name.
  if (from !== null && !await exists()) throw new StoreError("changed");
  await within("readwrite", (store, stop) => {
    store.getAllKeys().onsuccess = (event) => {
      const there = markIn(event.target.result);
      if (there !== from) { stop(new StoreError("changed")); return; }
      if (secret) store.put(new Blob([secret]), SECRET);
      if (there !== null) store.delete(BOX + there);
      store.put(new Blob([box]), BOX + worn);
    };
  });
  tell("changed");
  return worn;
}

export async function setTries(count) {
  if (!await exists()) return;
  await within("readwrite", (store) => { store.put(new Blob([Uint8Array.of(Math.min(count, 255))]), TRIES); });
}

// ---- Erasing ----------------------------------------------------------------------------------------------------------------------------

let goal = null; // what the browser's use of the disk has to fall to before the files of an erased list are gone

/* Bytes that this site's databases take on the disk, files of Blobs included; null where the browser does not say. */
async function onDisk() {
  try { return (await navigator.storage.estimate()).usageDetails.indexedDB || 0; } catch (error) { return null; }
}

async function filesThere() {
  const now = goal === null ? null : await onDisk();
  return now !== null && now > goal;
}

async function waitForFiles() {
  for (let waited = 0; await filesThere(); waited += 250) {
    if (waited >= FILES_MAY_TAKE) throw new StoreError("files");
    await new Promise((done) => setTimeout(done, 250));
  }
  if (goal !== null && readInPage) throw new StoreError("files");
  goal = null;
}

/** Erase all of it: overwrite each Blob, delete it, delete the database, then look, at the files too where the browser tells of them.
    Throws StoreError: "broken" when something is still there, "files" when only the files are, which the browser still holds. */
export async function eraseAll() {
  if (!await exists()) { await waitForFiles(); return; }
  const before = await onDisk();
  goal = before === null ? null : Math.max(0, before - LEAST_BOX);
  tell("erased");
  try {
    await within("readwrite", (store) => {
      store.getAllKeys().onsuccess = (event) => event.target.result.forEach((key) => store.put(new Blob([crypto.getRandomValues(new Uint8Array(32))]), key));
    });
    await within("readwrite", (store) => { store.clear(); });
  } catch (error) { /* a full disk must not stop an erasure: the database goes as a whole next, and whether it went is looked at */ }
  await new Promise((done, fail) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = done;
    request.onerror = () => fail(new StoreError("broken"));
    // Another tab holds it open: it was told to close, and the deletion goes on when it has.
  });
  if (await exists()) throw new StoreError("broken");
  await waitForFiles();
}

/** Ask the browser not to throw the list away by itself: true, false, or null when it cannot be asked. */
export async function persist() {
  try { return navigator.storage && navigator.storage.persist ? await navigator.storage.persist() : null; } catch (error) { return null; }
}

/** Hear what other tabs did: "changed", "erased", "locked". Returns a function that stops hearing. Only these words are ever sent. */
export function hear(listener) {
  if (!channel) return () => {};
  const heard = (event) => listener(event.data);
  channel.addEventListener("message", heard);
  return () => channel.removeEventListener("message", heard);
}

export function tell(word) {
  if (channel) channel.postMessage(word);
}
