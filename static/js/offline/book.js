/* The offer to keep the book, and its removal. Stores nothing before the tap; the worker (worker.js, served as /sw.js) does the taking.

   The words stand in the page (components/offline.html): one [data-when] block a state. */

const NAME = /^pages1-\d+-([a-z0-9-]+)$/;
const WHOLE = "/.whole";

const able = "serviceWorker" in navigator && "caches" in self && Boolean(self.crypto && self.crypto.subtle) && "TextDecoder" in self;

/** What is kept: language -> whether it is the whole book. Opens nothing that is not there. */
async function kept() {
  const found = {};
  if (!able) return found;
  for (const name of await caches.keys()) {
    const parts = NAME.exec(name);
    const told = parts && await caches.match(WHOLE, { cacheName: name });
    if (told) found[parts[1]] = found[parts[1]] || (await told.json()).whole;
  }
  return found;
}

/** Whether the phone holds anything of the pocket: a book, half a book, or the worker. */
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
  await Promise.all(registrations.map((registration) => tellDrop(registration.active)));
  for (const name of await caches.keys()) {
    if (!NAME.test(name)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) await cache.delete(request);
    await caches.delete(name);
  }
  await Promise.all(registrations.map((registration) => registration.unregister()));
}

function tellDrop(worker) {
  if (!worker) return undefined;
  return new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    setTimeout(done, 500); // a worker that does not answer keeps nobody waiting
    worker.postMessage({ drop: true }, [channel.port2]);
  });
}

async function worker() {
  await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  return (await navigator.serviceWorker.ready).active;
}

/** Ask the worker to keep a language. Resolves with {done: {whole}} or {fault}. */
async function keep(language, core, tell) {
  let taker;
  try {
    taker = await worker();
  } catch (_) {
    return { fault: "network" };
  }
  return new Promise((end) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => ("part" in data ? tell(data) : end(data));
    taker.postMessage({ keep: language, core }, [channel.port2]);
  });
}

export async function start(element) {
  const language = element.dataset.language;
  const saves = Boolean(navigator.connection && navigator.connection.saveData);
  const progress = element.querySelector("[data-progress]");
  let again = null;

  function show(...states) {
    element.querySelectorAll("[data-when]").forEach((block) => { block.hidden = !block.dataset.when.split(" ").some((word) => states.includes(word)); });
  }

  async function settle(...more) {
    const found = await kept();
    element.removeAttribute("data-book-kept");
    if (found[language]) element.setAttribute("data-book-kept", "");
    const state = found[language] ? ["whole"] : language in found ? ["part"] : [saves ? "saves" : "offer"];
    Object.keys(found).forEach((code) => state.push(`kept-${code}`));
    element.querySelectorAll("[data-other-language]").forEach((button) => { button.hidden = button.dataset.otherLanguage in found; });
    show(...state, ...more);
  }

  async function run(code, core) {
    again = null;
    tell({ part: 0, parts: 5 });
    show("working");
    const { done, fault } = await keep(code, core, tell);
    const states = done ? (done.whole || core ? [] : ["full"]) : fault === "stopped" ? [] : [`fault-${fault}`, "fault"];
    if (fault === "network") again = () => run(code, core);
    await settle(...states);
  }

  function tell({ part, parts }) {
    progress.textContent = progress.dataset.progress.replace("{done}", part).replace("{all}", parts);
  }

  async function onClick(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if ("keepBook" in button.dataset) await run(language, saves && !(language in await kept()));
    else if ("keepAll" in button.dataset) await run(language, false);
    else if ("otherLanguage" in button.dataset) await run(button.dataset.otherLanguage, saves);
    else if ("stop" in button.dataset) (await navigator.serviceWorker.ready).active.postMessage({ stop: true });
    else if ("drop" in button.dataset) { await dropAll(); await settle("dropped"); }
  }

  // The signal is back while this page is open: take up what the youth had asked for.
  function onOnline() {
    if (again) again();
  }

  if (!able) { show("unable"); return undefined; }
  // Without script the offer is a link to the page that explains; with it, a button that does it.
  element.querySelectorAll("a[data-keep-book]").forEach((link) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.dataset.keepBook = "";
    button.append(...link.childNodes);
    link.replaceWith(button);
  });
  element.addEventListener("click", onClick);
  addEventListener("online", onOnline);
  await settle();
  return () => removeEventListener("online", onOnline);
}
