/* Reading a saved book (static/js/offline/worker.js): what the server sends is taken apart and checked before
   anything is kept. The worker is a classic script, so it is run in a context of its own. */
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

const SCRIPT = readFileSync(new URL("../../static/js/offline/worker.js", import.meta.url), "utf8");

/** @typedef {{opened(bytes: Uint8Array, language: string): Promise<any>, leaf(book: any, page: number[]): Response}}
    Reading */

/** The worker's functions that read a book. @returns {Reading} */
function worker() {
  const self = { addEventListener() {}, read: /** @type {any} */ (null) };
  const context = createContext({ self, crypto: webcrypto, TextDecoder, Response, Headers, Uint8Array });
  runInContext(`${SCRIPT}; self.read = { opened, leaf };`, context);
  return self.read;
}

const BOOK = {
  language: "en", release: "0123456789ab", whole: true, heads: [[["Content-Type", "text/html"]]],
  pages: { "/en/1": "0 +3", "/en/2": "0 0 +2 2", "/en/3": "0 0.2 3.2 2" },
};
const LINES = ["<html>", "one", "</html>", "two", "three"];
const PAGES = { "/en/1": [0, 0, 3], "/en/2": [0, 0, 1, 3, 2, 2, 1], "/en/3": [0, 0, 2, 3, 2, 2, 1] };

/** A book as it is sent. @param {object} book @param {{hash?: string, length?: number}} [wrong] */
function sent(book, wrong = {}) {
  const text = Buffer.from([JSON.stringify(book), ...LINES].join("\n"));
  const hash = wrong.hash || createHash("sha256").update(text).digest("hex");
  return new Uint8Array(Buffer.concat([Buffer.from(`book 2 ${hash} ${wrong.length || text.length}\n`), text]));
}

test("a book is read as it was sent", async () => {
  const book = await worker().opened(sent(BOOK), "en");
  assert.equal(JSON.stringify(book.lines), JSON.stringify(LINES));
  assert.equal(JSON.stringify(book.pages), JSON.stringify(PAGES));
  assert.equal(book.release, BOOK.release);
});

test("a page is its runs of lines, with its own headers", async () => {
  const { opened, leaf } = worker();
  const book = await opened(sent(BOOK), "en");
  const pages = await Promise.all(Object.values(PAGES).map((page) => leaf(book, page).text()));
  assert.deepEqual(pages, ["<html>\none\n</html>", "<html>\ntwo\nthree\n</html>", "<html>\none\ntwo\nthree\n</html>"]);
  assert.equal(leaf(book, PAGES["/en/1"]).headers.get("Content-Type"), "text/html");
});

for (const [what, bytes, why] of /** @type {[string, Uint8Array, string][]} */ ([
  ["the page of a Wi-Fi's login", new Uint8Array(Buffer.from("<html>Log in</html>")), "foreign"],
  ["nothing", new Uint8Array(0), "foreign"],
  ["half a book", sent(BOOK).slice(0, 200), "damaged"],
  ["a book with one byte changed", sent(BOOK).map((byte, at) => (at === 100 ? byte ^ 1 : byte)), "damaged"],
  ["a book under another hash", sent(BOOK, { hash: "0".repeat(64) }), "damaged"],
  ["a book of another length", sent(BOOK, { length: 7 }), "damaged"],
  ["another language's book", sent(Object.assign({}, BOOK, { language: "es" })), "foreign"],
])) {
  test(`${what} is refused as ${why}`, () => assert.rejects(worker().opened(bytes, "en"), { why }));
}
