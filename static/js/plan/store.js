/* The one place that keeps anything of a youth's on the phone; a test reads every other script to make sure.

   Everything is a Blob in IndexedDB, and nothing else: measured in three engines, a Blob's file is unlinked when it is deleted, while
   ordinary values, localStorage and stored keys stay readable in the browser's files for weeks. What is in the Blobs is sealed before it
   gets here (sealed.js). Names are dull, because names stay behind.

   One write is one transaction: the old box or the new one, never half. Every box wears a random mark (the Blob's type); a write says
   which mark it was made from, and is refused when another tab has written since: nothing is lost, the caller looks again and joins. */

const NAME = "n";
const SECRET = "a", BOX = "b", TRIES = "c";
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;

/** The phone did not do what it was asked. `why`: "changed" (another tab wrote), "full", "refused" (private mode, or switched off), "broken". */
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

const mark = () => "x/" + Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Whether this module has anything on this phone. */
export async function hasAnything() {
  return exists();
}

/** {secret, box, mark} as kept, or null when nothing is kept. Throws StoreError. */
export async function read() {
  if (!await exists()) return null;
  const kept = {};
  await within("readonly", (store) => {
    [SECRET, BOX].forEach((key) => { store.get(key).onsuccess = (event) => { kept[key] = event.target.result; }; });
  });
  if (!kept[SECRET] && !kept[BOX]) return null;
  if (!kept[SECRET] || !kept[BOX]) throw new StoreError("broken");
  return { secret: await bytesOf(kept[SECRET]), box: await bytesOf(kept[BOX]), mark: kept[BOX].type };
}

/** Keep a box made from the one that wore `from` (null: there was none; then the secret is kept with it). Returns the new mark. */
export async function write(box, from, secret) {
  const worn = mark();
  // Erased since: opening would make an empty database of the same name.
  if (from !== null && !await exists()) throw new StoreError("changed");
  await within("readwrite", (store, stop) => {
    store.get(BOX).onsuccess = (event) => {
      const there = event.target.result;
      if ((there ? there.type : null) !== from) { stop(new StoreError("changed")); return; }
      if (secret) store.put(new Blob([secret]), SECRET);
      store.put(new Blob([box], { type: worn }), BOX);
    };
  });
  tell("changed");
  return worn;
}

/** How many wrong words were tried since the last right ones. Kept, so that starting again does not start the waiting again. */
export async function tries() {
  if (!await exists()) return 0;
  let blob;
  await within("readonly", (store) => { store.get(TRIES).onsuccess = (event) => { blob = event.target.result; }; });
  return blob ? (await bytesOf(blob))[0] : 0;
}

export async function setTries(count) {
  if (!await exists()) return;
  await within("readwrite", (store) => { store.put(new Blob([Uint8Array.of(Math.min(count, 255))]), TRIES); });
}

/** Erase all of it: overwrite each Blob, delete it, delete the database, then look. Throws StoreError "broken" when something is still there. */
export async function eraseAll() {
  if (!await exists()) return;
  tell("erased");
  try {
    await within("readwrite", (store) => {
      [SECRET, BOX, TRIES].forEach((key) => {
        store.get(key).onsuccess = (event) => {
          const size = event.target.result ? Math.min(65536, event.target.result.size) : 0;
          if (size) store.put(new Blob([crypto.getRandomValues(new Uint8Array(size))]), key);
        };
      });
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
