/* Reading a saved book (static/js/offline/worker.js): what the server sends is taken apart and checked before
   anything is kept. The worker is a classic script, so it is run in a context of its own. */
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

const SCRIPT = readFileSync(new URL("../../static/js/offline/worker.js", import.meta.url), "utf8");

/** @typedef {{opened(bytes: Uint8Array, language: string): Promise<any>, leaf(book: any, address: string): Response}}
    Reading */

/** The worker's functions that read a book. @returns {Reading} */
function worker() {
  const self = { addEventListener() {}, read: /** @type {any} */ (null) };
  const context = createContext({ self, crypto: webcrypto, TextDecoder, Response, Headers, Uint8Array });
  runInContext(`${SCRIPT}; self.read = { opened, leaf };`, context);
  return self.read;
}

const BOOK = {
  language: "en", release: "0123456789ab", whole: true, heads: [[["Content-Type", "text/html"]]], pieces: 4, shapes: 3,
};
/** Pieces, shapes, and the signs of pages. */
const LINES = [
  "one", "I'm", "&lt;", "<two>",
  "<html>", "<a href=\"/es\ue002\" title=\"\ue000\">\ue001</a>", "</html>",
  "/en/1 0 !!!", "/en/2 0 \u0100#\u0100#\u0101\u0102", "/en/3 0 \u0100#\u0100$#\u0100#",
];
const PAGES = {
  "/en/1": "<html>\n<a href=\"/es/1\" title=\"one\">I&#39;m</a>\n</html>",
  "/en/2": "<html>\n<a href=\"/es/2\" title=\"one\">I&#39;m</a>\n<a href=\"/es/2\" title=\"&lt;\">&lt;two&gt;</a>\n</html>",
  "/en/3": "<html>\n<a href=\"/es/3\" title=\"&lt;\">&lt;two&gt;</a>\n<a href=\"/es/3\" title=\"one\">I&#39;m</a>",
};

/** A book as it is sent. @param {object} book @param {{hash?: string, length?: number}} [wrong] */
function sent(book, wrong = {}) {
  const text = Buffer.from([JSON.stringify(book), ...LINES].join("\n"));
  const hash = wrong.hash || createHash("sha256").update(text).digest("hex");
  return new Uint8Array(Buffer.concat([Buffer.from(`book 3 ${hash} ${wrong.length || text.length}\n`), text]));
}

test("a page is read as it was sent, with its own address and headers", async () => {
  const { opened, leaf } = worker();
  const book = await opened(sent(BOOK), "en");
  for (const [address, page] of Object.entries(PAGES)) assert.equal(await leaf(book, address).text(), page);
  assert.equal(leaf(book, "/en/1").headers.get("Content-Type"), "text/html");
  assert.equal(book.release, BOOK.release);
});

for (const [what, bytes, why] of /** @type {[string, Uint8Array, string][]} */ ([
  ["the page of a Wi-Fi's login", new Uint8Array(Buffer.from("<html>Log in</html>")), "foreign"],
  ["nothing", new Uint8Array(0), "foreign"],
  ["a book of an older format", sent(BOOK).map((byte, at) => (at === 5 ? 50 : byte)), "foreign"],
  ["half a book", sent(BOOK).slice(0, 200), "damaged"],
  ["a book with one byte changed", sent(BOOK).map((byte, at) => (at === 100 ? byte ^ 1 : byte)), "damaged"],
  ["a book under another hash", sent(BOOK, { hash: "0".repeat(64) }), "damaged"],
  ["a book of another length", sent(BOOK, { length: 7 }), "damaged"],
  ["another language's book", sent(Object.assign({}, BOOK, { language: "es" })), "foreign"],
])) {
  test(`${what} is refused as ${why}`, () => assert.rejects(worker().opened(bytes, "en"), { why }));
}
