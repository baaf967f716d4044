/* The worker of the saved book: answers from the book that a youth asked to keep. Served as /sw.js; registered on
   that tap only.

   Dangers first.
   - It saves nothing but books: an answer from the network is passed on and never stored, so that no trace of
     reading, and no page of a Wi-Fi's login, can get in here.
   - A book is complete or it is not there: a cache without its last entry (WHOLE) is never read.
   - It never opens a cache in order to read: opening would make it anew after "forget" has removed it.
   - No clock decides anything: the newest book is the one with the highest number, so a phone whose clock is wrong
     by years is served.
   - It never reloads a page. A new release is bound beside the old one and used from the next page on.

   A classic script without imports, for the oldest browser that can do this at all (about Chrome 64, Safari 12). */
"use strict";

/**
 * @typedef {{name: string, number: number, language: string, release: string, whole: boolean}} Kept a book on the
 *   phone; whole: not the core only
 * @typedef {{language: string, release: string, whole: boolean, heads: [name: string, value: string][][], lines:
 *   string[], pages: Record<string, number[]>}} Book (youthapp/offline/book.py): a page is the place of its head, then
 *   those of its lines
 *
 * The places of a county are a book of their own, whose "language" is such as "en--fresno". It has pages only: their
 * files are in the book of the language.
 *
 * @typedef {{stopped: boolean, controller: AbortController | null, name: string}} Run one download
 * @typedef {(part: number) => void} Report hears how far a download is, of PARTS
 */

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const NAME = /^pages1-(\d+)-([a-z0-9-]+)$/;
const WHOLE = "/.whole";
const MARK = /^book 3 ([0-9a-f]{64}) (\d+)$/;
const PARTS = 5;

/** What is kept, newest first; null when it has to be looked up. @type {Kept[] | null} */
let books = null;
/** The look for a new release that is under way. @type {Promise<void> | null} */
let looking = null;
/** The download that is under way. @type {Run | null} */
let binding = null;
/** What was begun on a youth's tap. @type {Promise<void>} */
let work = Promise.resolve();
/** Everything is being removed: begin nothing. */
let dropped = false;
/** Releases that were named but not served (an edge in between): not asked for again in this life of the worker.
    @type {Set<string>} */
const refused = new Set();

/* ---- what is kept ---- */

async function shelf() {
  if (books) return books;
  /** @type {Kept[]} */
  const found = [];
  for (const name of await caches.keys()) {
    const parts = NAME.exec(name);
    const last = parts && await caches.match(WHOLE, { cacheName: name });
    if (parts && last) found.push(Object.assign(await last.json(), { name, number: Number(parts[1]) }));
  }
  found.sort((a, b) => b.number - a.number);
  books = found;
  return found;
}

/** @param {Kept[]} found @param {string} language */
function newest(found, language) {
  return found.find((book) => book.language === language);
}

/** @param {string} name */
async function remove(name) {
  books = null;
  // Entries first, then the cache: removing the cache alone leaves the bytes on the disk for a while (measured in
  // Chromium).
  if (!await caches.has(name)) return;
  const cache = await caches.open(name);
  for (const request of await cache.keys()) await cache.delete(request);
  await caches.delete(name);
}

/** Remove half-made caches of an earlier life, and books that nobody reads any more. A tab that is open on an older
    release still asks for its scripts, so the one before the newest stays while there is another tab. @param
    {boolean} keepOne */
async function tidy(keepOne) {
  const found = await shelf();
  /** @type {Record<string, number>} */
  const seen = {};
  const good = new Set(found.filter((book) => {
    seen[book.language] = (seen[book.language] || 0) + 1;
    return seen[book.language] <= (keepOne ? 1 : 2);
  }).map((book) => book.name));
  for (const name of await caches.keys()) {
    const isBeingMade = binding && binding.name === name;
    if (NAME.test(name) && !good.has(name) && !isBeingMade) await remove(name);
  }
}

/* ---- downloading a book ---- */

/** What went wrong: "network", "foreign" (no book of ours), "damaged", "full", "busy" or "stopped". */
class Fault extends Error {
  /** @param {string} why */
  constructor(why) { super(why); this.why = why; }
}

/** @param {Response} response @param {Run} run @param {Report} report */
async function read(response, run, report) {
  /** @type {Uint8Array[]} */
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
    report(Math.min(PARTS - 1, Math.floor(PARTS * length / total)));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  chunks.forEach((chunk) => { bytes.set(chunk, at); at += chunk.length; });
  return bytes;
}

/** @param {ArrayBuffer} buffer */
function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The book in some bytes. Throws a Fault: what is wrong is never kept. @param {Uint8Array<ArrayBuffer>} bytes
    @param {string} language @returns {Promise<Book>} */
async function opened(bytes, language) {
  const end = bytes.indexOf(10);
  const mark = MARK.exec(new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))));
  if (!mark) throw new Fault("foreign");
  const text = bytes.subarray(end + 1);
  if (text.length !== Number(mark[2])) throw new Fault("damaged");
  if (hex(await crypto.subtle.digest("SHA-256", text)) !== mark[1]) throw new Fault("damaged");
  const [about, ...rest] = new TextDecoder().decode(text).split("\n");
  const book = JSON.parse(about);
  if (book.language !== language) throw new Fault("foreign");
  const pieces = rest.splice(0, book.pieces), shapes = rest.splice(0, book.shapes);
  return Object.assign(book, unfolded(rest, shapes, pieces));
}

/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

/** The lines of a book, and for each page its head and the places of its lines. They arrive as shapes and pieces
    (youthapp/offline/shapes.py says what each sign means). @param {string[]} told
    @param {string[]} shapes @param {string[]} pieces */
function unfolded(told, shapes, pieces) {
  /** @type {string[]} */
  const lines = [];
  /** Where the line of a shape without pieces stands. @type {number[]} */
  const fixed = [];
  /** Where the lines with pieces stand, in their order. @type {number[]} */
  const made = [];
  let shapesSeen = 0, piecesSeen = 0;

  /** The place of the next line of a shape. @param {number} shape */
  function place(shape) {
    if (fixed[shape] !== undefined) return fixed[shape];
    const parts = shapes[shape].split(/([\ue000\ue001])/);
    for (let at = 1; at < parts.length; at += 2) {
      const piece = pieces[piecesSeen];
      piecesSeen += 1;
      parts[at] = parts[at] === "\ue000" ? piece : piece.replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
    }
    if (parts.length > 1) made.push(lines.length);
    else fixed[shape] = lines.length;
    return lines.push(parts.join("")) - 1;
  }

  /** @type {Record<string, number[]>} */
  const pages = {};
  told.forEach((line) => {
    const [address, head, signs] = line.split(" ");
    const page = [Number(head)];
    for (let at = 0; at < signs.length; at += 1) {
      if (signs[at] === "#") {
        page.push(made[(signs.charCodeAt(at + 1) - 0x100) * 57 + signs.charCodeAt(at + 2) - 0x23]);
        at += 2;
      } else if (signs[at] === "!") {
        page.push(place(shapesSeen));
        shapesSeen += 1;
      } else page.push(place(signs.charCodeAt(at) - 0x100));
    }
    pages[address] = page;
  });
  return { lines, pages };
}

/** Download the book of a language and check it. Throws a Fault. @param {string} language @param {boolean} core
    @param {Run} run @param {Report} report */
async function download(language, core, run, report) {
  /** @type {RequestInit} */
  const options = { cache: "no-store", credentials: "omit", redirect: "error" };
  if (run.controller) options.signal = run.controller.signal;
  let bytes;
  try {
    const [tag, county] = language.split("--");
    const path = county ? `/${tag}/book-near/${county}` : `/${tag}/book${core ? "-core" : ""}`;
    const response = await fetch(path, options);
    const type = response.headers.get("Content-Type") || "";
    if (response.ok && type.startsWith("text/plain")) bytes = await read(response, run, report);
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(run.stopped ? "stopped" : "network");
  }
  if (!bytes) throw new Fault("foreign");
  return opened(bytes, language);
}

/** One page of a book. @param {Book} book @param {string} address */
function leaf(book, address) {
  const [head, ...lines] = book.pages[address];
  const own = address.slice(address.indexOf("/", 1)); // what a line says of the page's own address
  const text = lines.map((line) => book.lines[line]).join("\n").split("\ue002").join(own);
  return new Response(text, { headers: new Headers(book.heads[head]) });
}

/** Put a checked book into a cache of its own; all of it, or nothing. @param {Book} book @param {Run} run */
async function bind(book, run) {
  const numbers = (await caches.keys()).map((name) => NAME.exec(name)).map((parts) => (parts ? Number(parts[1]) : 0));
  const name = `pages1-${Math.max(0, ...numbers) + 1}-${book.language}`;
  run.name = name;
  try {
    const cache = await caches.open(name);
    const addresses = Object.keys(book.pages);
    while (addresses.length) {
      if (run.stopped) throw new Fault("stopped");
      await Promise.all(addresses.splice(0, 20).map((address) => cache.put(address, leaf(book, address))));
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

/** Keep a language. Returns whether it is whole or the core only. Throws a Fault. @param {string} language @param
    {boolean} core @param {Report} report */
async function keep(language, core, report) {
  if (binding) throw new Fault("busy");
  const run = begin();
  try {
    await tidy(false);
    report(0);
    try {
      await bind(await download(language, core, run, report), run);
    } catch (error) {
      // No room for all of it: what must be there may still fit.
      if (error.why !== "full" || core || language.includes("--")) throw error;
      core = true;
      await bind(await download(language, true, run, report), run);
    }
    report(PARTS);
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

/** At each visit: is there a newer release, or a newer worker? What is read now stays as it is. @param {boolean}
    alone whether no other tab is open */
async function look(alone) {
  await tidy(alone);
  if (!(await shelf()).length || navigator.onLine === false) return;
  scope.registration.update().catch(() => {});
  /** @type {string} */
  let served;
  try {
    const response = await fetch("/release", { cache: "no-store", credentials: "omit", redirect: "error" });
    if (!response.ok || !(response.headers.get("Content-Type") || "").startsWith("application/json")) return;
    served = (await response.json()).release;
  } catch (_) {
    return;
  }
  if (!/^[0-9a-f]{12}$/.test(served) || refused.has(served)) return;
  const found = await shelf();
  for (const language of new Set(found.map((book) => book.language))) {
    const have = newest(found, language);
    if (!have || have.release === served || binding || dropped) continue;
    const run = begin();
    try {
      const book = await download(language, !have.whole, run, () => {});
      if (book.release !== served) refused.add(served);
      if (book.release !== have.release) await bind(book, run);
    } catch (_) {
      /* At the next visit, then: what is kept still serves. */
    } finally {
      if (binding === run) binding = null;
    }
  }
}

/* ---- answering ---- */

/** What the books have at an address. @param {URL} url @param {string | null} release of the tab that asks */
async function kept(url, release = null) {
  const found = await shelf();
  const language = url.pathname.split("/")[1];
  // A page comes from one book of its language: of the release that an open tab says it is of (navigation.js), else the
  // newest. A file carries its
  // release in its path, so it may come from any.
  const same = found.find((book) => book.language === language && book.release === release);
  const one = language === "static" ? null : same || newest(found, language);
  // The places of a county are books beside the language's own.
  const near = found.filter((book) => book.language.startsWith(`${language}--`));
  const from = (one ? [one] : found).concat(near);
  for (const book of from) {
    const answer = await caches.match(url.pathname, { cacheName: book.name });
    if (answer) return answer;
  }
  return undefined;
}

/** @param {Request} request @param {URL} url */
async function answer(request, url) {
  /** @type {Response | undefined} */
  let ours;
  try {
    ours = await kept(url, request.headers.get("Release"));
  } catch (_) {
    ours = undefined; // the browser took the caches away while we were open
  }
  const page = request.mode === "navigate";
  // The tail of a shared link goes no further.
  if (ours && page && url.search) return Response.redirect(url.pathname, 302);
  if (ours) return ours;
  try {
    return await fetch(request);
  } catch (error) {
    if (!page) throw error;
    return elsewhere(url, error);
  }
}

/** No network and no such page: "/" leads home, a code on paper to its page, the rest to the page that says so.
    @param {URL} url @param {unknown} error */
async function elsewhere(url, error) {
  const found = await shelf();
  const book = newest(found, url.pathname.split("/")[1]) || found.find((each) => !each.language.includes("--"));
  if (!book) throw error;
  const { language } = book;
  const code = /^\/\w{3,4}$/.test(url.pathname) ? `/${language}${url.pathname.toLowerCase()}` : "";
  const short = url.pathname === "/" ? `/${language}/` : code;
  if (short && await kept(new URL(short, url))) return Response.redirect(short, 302);
  const page = await kept(new URL(`/${language}/no-signal`, url));
  if (!page) throw error;
  return new Response(await page.text(), { status: 503, headers: page.headers });
}

const NEVER = /^\/(?:sw\.js|release|[a-z0-9-]+\/book(?:-core|-near\/[a-z-]+)?)$/;

scope.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== scope.location.origin || NEVER.test(url.pathname)) return;
  event.respondWith(answer(request, url));
  if (request.mode !== "navigate") return;
  event.waitUntil((async () => {
    const tabs = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
    const alone = tabs.every((tab) => tab.id === event.clientId);
    looking = looking || look(alone).catch(() => {}).then(() => { looking = null; });
    await looking;
  })());
});

scope.addEventListener("install", () => scope.skipWaiting());

scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

/* From book.js: {keep: language, core} with a port that hears {part}, then {done} or {fault}; {stop}; {drop} before
   everything is removed. */
scope.addEventListener("message", (event) => {
  const message = event.data, port = event.ports[0];
  if (message.stop) stop();
  if (message.drop) {
    dropped = true;
    stop();
    event.waitUntil(Promise.all([work, looking]).then(() => { books = null; port.postMessage({ done: true }); }));
  }
  if (message.keep) {
    dropped = false;
    work = keep(message.keep, Boolean(message.core), (part) => port.postMessage({ part, parts: PARTS })).then(
      (done) => port.postMessage({ done }),
      (error) => port.postMessage({ fault: error.why || "network" }),
    );
    event.waitUntil(work);
  }
});
