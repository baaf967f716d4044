/* The offer to keep the book, and its removal. Stores nothing before the tap; the worker (worker.js, served as
   /sw.js) fetches and keeps it.

   The page has the words (components/offline.html): one [data-when] block for each state. */

const NAME = /^pages1-\d+-([a-z0-9-]+)$/;
const WHOLE = "/.whole";
/** Milliseconds that a worker may take to stop what it does. */
const WORKER_MAY_TAKE = 500;
/** Steps that the worker tells of a download. */
const PARTS = 5;

const canCheck = Boolean(self.crypto && self.crypto.subtle) && "TextDecoder" in self;
const able = "serviceWorker" in navigator && "caches" in self && canCheck;

/** @typedef {{part: number, parts: number}} Progress */
/** @typedef {{done?: {whole: boolean}, fault?: "network" | "foreign" | "damaged" | "full" | "busy" | "stopped"}}
    Outcome of keeping a book */

/** What is kept: language -> whether it is the whole book. Opens nothing that is not there. @returns
    {Promise<Record<string, boolean>>} */
async function kept() {
  /** @type {Record<string, boolean>} */
  const found = {};
  if (!able) return found;
  for (const name of await caches.keys()) {
    const parts = NAME.exec(name);
    const last = parts && await caches.match(WHOLE, { cacheName: name });
    if (parts && last) found[parts[1]] = found[parts[1]] || (await last.json()).whole;
  }
  return found;
}

/** Whether the phone holds anything of the book: a whole one, half of one, or the worker. */
export async function hasAnything() {
  if (!able) return false;
  const names = (await caches.keys()).filter((name) => NAME.test(name));
  return names.length > 0 || (await navigator.serviceWorker.getRegistrations()).length > 0;
}

/** Remove all of it: entries, then caches, then the worker (the order that left nothing on the disk). */
export async function dropAll() {
  if (!able) return;
  const registrations = await navigator.serviceWorker.getRegistrations();
  // A download that runs must not put a book back.
  await Promise.all(registrations.map((registration) => stopWorker(registration.active)));
  for (const name of await caches.keys()) {
    if (!NAME.test(name)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) await cache.delete(request);
    await caches.delete(name);
  }
  await Promise.all(registrations.map((registration) => registration.unregister()));
}

/** Resolves when the worker begins nothing any more. @param {ServiceWorker | null} worker @returns
    {Promise<unknown>} */
function stopWorker(worker) {
  if (!worker) return Promise.resolve();
  return new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    setTimeout(done, WORKER_MAY_TAKE); // a worker that does not answer keeps nobody waiting
    worker.postMessage({ drop: true }, [channel.port2]);
  });
}

async function activeWorker() {
  return /** @type {ServiceWorker} */ ((await navigator.serviceWorker.ready).active);
}

/** Ask the worker to keep a language. @param {string} language @param {boolean} core only what must be there
    @param {(progress: Progress) => void} report @returns {Promise<Outcome>} */
async function keep(language, core, report) {
  /** @type {ServiceWorker} */
  let worker;
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
    worker = await activeWorker();
  } catch (error) {
    return { fault: "network" };
  }
  return new Promise((end) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => ("part" in data ? report(data) : end(data));
    worker.postMessage({ keep: language, core }, [channel.port2]);
  });
}

/** Without script the offer is a link to the page that explains; with it, a button that keeps the book. @param
    {HTMLElement} element */
function linksToButtons(element) {
  /** @type {NodeListOf<HTMLElement>} */
  const links = element.querySelectorAll("a[data-keep-book], a[data-keep-county]");
  links.forEach((link) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    Object.assign(button.dataset, link.dataset);
    button.append(...Array.from(link.childNodes));
    link.replaceWith(button);
  });
}

/** Start the controller. Resolves to stop(), or to undefined where the browser cannot keep a book. @param
    {HTMLElement} element */
export async function start(element) {
  const language = element.dataset.language || "";
  /** The county whose places this offer is about, empty for the book itself. */
  const offered = /** @type {HTMLElement | null} */ (element.querySelector("[data-keep-county]"));
  const county = offered ? `${language}--${(offered.dataset.keepCounty || "").toLowerCase()}` : "";
  const saves = Boolean(navigator.connection && navigator.connection.saveData);
  const progress = /** @type {HTMLElement} */ (element.querySelector("[data-progress]"));
  /** What the youth asked for and the network did not let through. @type {(() => void) | null} */
  let again = null;

  /** @param {string[]} states */
  function show(...states) {
    /** @type {NodeListOf<HTMLElement>} */
    const blocks = element.querySelectorAll("[data-when]");
    blocks.forEach((block) => {
      const when = (block.dataset.when || "").split(" ");
      block.hidden = !when.some((state) => states.includes(state));
    });
  }

  /** Show what is kept now. @param {string[]} more states of what was just done */
  async function settle(...more) {
    const found = await kept();
    if (found[language]) element.setAttribute("data-book-kept", "");
    else element.removeAttribute("data-book-kept");
    const states = found[language] ? ["whole"] : language in found ? ["part"] : [saves ? "saves" : "offer"];
    Object.keys(found).forEach((code) => states.push(`kept-${code}`));
    if (county in found) { element.setAttribute("data-county-kept", ""); states.splice(0, states.length, "county"); }
    /** @type {NodeListOf<HTMLElement>} */
    const others = element.querySelectorAll("[data-other-language]");
    others.forEach((button) => { button.hidden = (button.dataset.otherLanguage || "") in found; });
    show(...states, ...more);
  }

  /** @param {Progress} progress */
  function report({ part, parts }) {
    const words = progress.dataset.progress || "";
    progress.textContent = words.replace("{done}", String(part)).replace("{all}", String(parts));
  }

  /** @param {string} code of a language @param {boolean} core */
  async function run(code, core) {
    again = null;
    report({ part: 0, parts: PARTS });
    show("working");
    const { done, fault } = await keep(code, core, report);
    const states = done ? (done.whole || core ? [] : ["full"]) : fault === "stopped" ? [] : [`fault-${fault}`, "fault"];
    if (fault === "network") again = () => run(code, core);
    await settle(...states);
  }

  /** Keep the places, and before them the book of the language when it is not there. */
  async function runCounty() {
    if (!(language in await kept())) await run(language, saves);
    if (language in await kept()) await run(county, false);
  }

  /** @param {Event} event */
  async function tapped(event) {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    if ("keepCounty" in button.dataset) await runCounty();
    else if ("keepBook" in button.dataset) await run(language, saves && !(language in await kept()));
    else if ("keepAll" in button.dataset) await run(language, false);
    else if ("otherLanguage" in button.dataset) await run(button.dataset.otherLanguage || "", saves);
    else if ("stop" in button.dataset) (await activeWorker()).postMessage({ stop: true });
    else if ("drop" in button.dataset) { await dropAll(); await settle("dropped"); }
  }

  // The signal is back while this page is open: take up what the youth had asked for.
  function onOnline() {
    if (again) again();
  }

  if (!able) { show("unable"); return undefined; }
  linksToButtons(element);
  element.addEventListener("click", tapped);
  addEventListener("online", onOnline);
  await settle();
  return () => removeEventListener("online", onOnline);
}
