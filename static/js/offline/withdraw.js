/* Served as /sw.js instead of worker.js when PORCHLIGHT_POCKET is off: every phone that comes by removes the saved
   book and the worker. Pages that are open stay as they are; the next one comes from the network. */
"use strict";

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

scope.addEventListener("install", () => scope.skipWaiting());

scope.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) await cache.delete(request);
    await caches.delete(name);
  }
  await scope.registration.unregister();
})()));
