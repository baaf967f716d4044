/* The pocket's worker: answers from the book that a youth asked to keep. Served as /sw.js; registered on that tap only.

   Dangers first.
   - It saves nothing but books: an answer from the network is passed on and never stored, so that no trace of reading, and no page of a
     Wi-Fi's login, can get in here.
   - A book is whole or it is not there: a cache without its last entry (WHOLE) is never read.
   - It never opens a cache in order to read: opening would make it anew after "forget" has removed it.
   - No clock decides anything: the newest book is the one with the highest number, so a phone whose clock is wrong by years is served.
   - It never reloads a page. A new release is bound beside the old one and used from the next page on.

   A classic script without imports, for the oldest browser that can do this at all (about Chrome 64, Safari 12). */
"use strict";

const NAME = /^pages1-(\d+)-([a-z0-9-]+)$/;
const WHOLE = "/.whole";
const MARK = /^book 1 ([0-9a-f]{64}) (\d+)$/;
const PARTS = 5;

let books = null; // newest first: [{name, number, language, release, whole}]
let looking = null;
let binding = null; // {stopped, controller, name} while a book is being taken
let work = Promise.resolve(); // what was begun on a youth's tap
let dropped = false; // all is being removed: begin nothing
const refused = new Set(); // releases that were told but not served (an edge in between): not asked for again in this life of the worker

/* ---- what is kept ---- */

async function shelf() {
  if (books) return books;
  const found = [];
  for (const name of await caches.keys()) {
    const parts = NAME.exec(name);
    const told = parts && await caches.match(WHOLE, { cacheName: name });
    if (told) found.push(Object.assign(await told.json(), { name, number: Number(parts[1]) }));
  }
  found.sort((a, b) => b.number - a.number);
  books = found;
  return found;
}

function newest(found, language) {
  return found.find((book) => book.language === language);
}

async function remove(name) {
  books = null;
  // Entries first, then the cache: removing the cache alone leaves the bytes on the disk for a while (measured in Chromium).
  if (!await caches.has(name)) return;
  const cache = await caches.open(name);
  for (const request of await cache.keys()) await cache.delete(request);
  await caches.delete(name);
}

/* Half-made caches of an earlier life, and books that nobody reads any more. A tab that stands open on an older release still asks for its
   scripts, so the one before the newest stays while there is another tab. */
async function tidy(keepOne) {
  const found = await shelf();
  const seen = {};
  const good = new Set(found.filter((book) => {
    seen[book.language] = (seen[book.language] || 0) + 1;
    return seen[book.language] <= (keepOne ? 1 : 2);
  }).map((book) => book.name));
  for (const name of await caches.keys()) if (NAME.test(name) && !good.has(name) && !(binding && binding.name === name)) await remove(name);
}

/* ---- taking a book ---- */

class Fault extends Error {
  constructor(why) { super(why); this.why = why; }
}

async function read(response, run, tell) {
  const chunks = [];
  let length = 0, total = 0;
  const reader = response.body && response.body.getReader ? response.body.getReader() : null;
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  for (;;) {
    const { done, value } = await reader.read();
    if (run.stopped) { reader.cancel(); throw new Fault("stopped"); }
    if (done) break;
    chunks.push(value);
    length += value.length;
    if (!total) {
      const mark = MARK.exec(new TextDecoder().decode(chunks[0].subarray(0, 100)).split("\n")[0]);
      if (!mark) throw new Fault("foreign");
      total = Number(mark[2]);
    }
    tell(Math.min(PARTS - 1, Math.floor(PARTS * length / total)));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  chunks.forEach((chunk) => { bytes.set(chunk, at); at += chunk.length; });
  return bytes;
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Take the book of a language from the network and check it. Throws a Fault: nothing is kept of what is wrong. */
async function take(language, core, run, tell) {
  const asked = { cache: "no-store", credentials: "omit", redirect: "error" };
  if (run.controller) asked.signal = run.controller.signal;
  let response, bytes;
  try {
    response = await fetch(`/${language}/book${core ? "-core" : ""}`, asked);
    if (response.ok && (response.headers.get("Content-Type") || "").startsWith("text/plain")) bytes = await read(response, run, tell);
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(run.stopped ? "stopped" : "network");
  }
  if (!bytes) throw new Fault("foreign");
  const end = bytes.indexOf(10);
  const mark = MARK.exec(new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))));
  if (!mark) throw new Fault("foreign");
  const text = bytes.subarray(end + 1);
  if (text.length !== Number(mark[2]) || hex(await crypto.subtle.digest("SHA-256", text)) !== mark[1]) throw new Fault("damaged");
  const book = JSON.parse(new TextDecoder().decode(text));
  if (book.language !== language) throw new Fault("foreign");
  return book;
}

function leaf(book, page) {
  const lines = [];
  for (let index = 1; index < page.length; index += 2) {
    for (let line = page[index]; line < page[index] + page[index + 1]; line += 1) lines.push(book.lines[line]);
  }
  return new Response(lines.join("\n"), { headers: new Headers(book.heads[page[0]]) });
}

/** Put a checked book into a cache of its own; all of it, or nothing. */
async function bind(book, run) {
  const numbers = (await caches.keys()).map((name) => NAME.exec(name)).filter(Boolean).map((parts) => Number(parts[1]));
  const name = run.name = `pages1-${Math.max(0, ...numbers) + 1}-${book.language}`;
  try {
    const cache = await caches.open(name);
    const addresses = Object.keys(book.pages);
    while (addresses.length) {
      if (run.stopped) throw new Fault("stopped");
      await Promise.all(addresses.splice(0, 20).map((address) => cache.put(address, leaf(book, book.pages[address]))));
    }
    if (run.stopped) throw new Fault("stopped");
    const { language, release, whole } = book;
    await cache.put(WHOLE, new Response(JSON.stringify({ language, release, whole })));
    if (run.stopped) throw new Fault("stopped");
  } catch (error) {
    await remove(name);
    throw error instanceof Fault ? error : new Fault("full");
  }
  books = null;
}

function begin() {
  binding = { stopped: false, controller: self.AbortController ? new AbortController() : null, name: "" };
  return binding;
}

/** Keep a language. Tells how far it is; returns {whole}. Throws a Fault. */
async function keep(language, core, tell) {
  if (binding) throw new Fault("busy");
  const run = begin();
  try {
    await tidy(false);
    tell(0);
    try {
      await bind(await take(language, core, run, tell), run);
    } catch (error) {
      // No room for all of it: what must be there may still fit.
      if (error.why !== "full" || core) throw error;
      core = true;
      await bind(await take(language, true, run, tell), run);
    }
    tell(PARTS);
    return { whole: !core };
  } finally {
    if (binding === run) binding = null;
  }
}

function stop() {
  if (!binding) return;
  binding.stopped = true;
  if (binding.controller) binding.controller.abort();
}

/** At each visit: is there a newer release, or a newer worker? What is read now stays as it is. */
async function look(alone) {
  await tidy(alone);
  if (!(await shelf()).length || navigator.onLine === false) return;
  self.registration.update().catch(() => {});
  let told;
  try {
    const response = await fetch("/release", { cache: "no-store", credentials: "omit", redirect: "error" });
    if (!response.ok || !(response.headers.get("Content-Type") || "").startsWith("application/json")) return;
    told = (await response.json()).release;
  } catch (_) {
    return;
  }
  if (!/^[0-9a-f]{12}$/.test(told) || refused.has(told)) return;
  const found = await shelf();
  for (const language of new Set(found.map((book) => book.language))) {
    const have = newest(found, language);
    if (have.release === told || binding || dropped) continue;
    const run = begin();
    try {
      const book = await take(language, !have.whole, run, () => {});
      if (book.release !== told) refused.add(told);
      if (book.release !== have.release) await bind(book, run);
    } catch (_) {
      /* At the next visit, then: what is kept still serves. */
    } finally {
      if (binding === run) binding = null;
    }
  }
}

/* ---- answering ---- */

async function kept(url, release) {
  const found = await shelf();
  const language = url.pathname.split("/")[1];
  // A page comes from one book of its language: of the release that an open tab says it is of (navigation.js), else the newest. A file carries its
  // release in its path, so it may come from any.
  const one = language !== "static" && (found.find((book) => book.language === language && book.release === release) || newest(found, language));
  const from = one ? [one] : found;
  for (const book of from) {
    const answer = await caches.match(url.pathname, { cacheName: book.name });
    if (answer) return answer;
  }
  return undefined;
}

async function answer(request, url) {
  let ours;
  try {
    ours = await kept(url, request.headers.get("Release"));
  } catch (_) {
    ours = undefined; // the browser took the caches away while we were open
  }
  const page = request.mode === "navigate";
  if (ours && page && url.search) return Response.redirect(url.pathname, 302); // the tail of a shared link goes no further
  if (ours) return ours;
  try {
    return await fetch(request);
  } catch (error) {
    if (!page) throw error;
    return elsewhere(url, error);
  }
}

/** No network and no such page: the door leads home, a code on paper to its page, the rest to the page that says so. */
async function elsewhere(url, error) {
  const found = await shelf();
  const language = (newest(found, url.pathname.split("/")[1]) || found[0] || {}).language;
  if (!language) throw error;
  const short = url.pathname === "/" ? `/${language}/` : /^\/\w{3,4}$/.test(url.pathname) ? `/${language}${url.pathname.toLowerCase()}` : "";
  if (short && await kept(new URL(short, url))) return Response.redirect(short, 302);
  const told = await kept(new URL(`/${language}/no-signal`, url));
  if (!told) throw error;
  return new Response(await told.text(), { status: 503, headers: told.headers });
}

const NEVER = /^\/(?:sw\.js|release|[a-z0-9-]+\/book(?:-core)?)$/;

self.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || NEVER.test(url.pathname)) return;
  event.respondWith(answer(request, url));
  if (request.mode !== "navigate") return;
  event.waitUntil((async () => {
    const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const alone = tabs.every((tab) => tab.id === event.clientId);
    looking = looking || look(alone).catch(() => {}).then(() => { looking = null; });
    await looking;
  })());
});

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/* From pocket.js: {keep: language, core} with a port that hears {part}, then {done} or {fault}; {stop}; {drop} before all is removed. */
self.addEventListener("message", (event) => {
  const asked = event.data, port = event.ports[0];
  if (asked.stop) stop();
  if (asked.drop) {
    dropped = true;
    stop();
    event.waitUntil(Promise.all([work, looking]).then(() => { books = null; port.postMessage({ done: true }); }));
  }
  if (asked.keep) {
    dropped = false;
    work = keep(asked.keep, Boolean(asked.core), (part) => port.postMessage({ part, parts: PARTS })).then(
      (done) => port.postMessage({ done }),
      (error) => port.postMessage({ fault: error.why || "network" }),
    );
    event.waitUntil(work);
  }
});
