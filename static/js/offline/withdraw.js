/* Served as /sw.js instead of worker.js when PORCHLIGHT_POCKET is off: every phone that comes by removes the saved book and the worker.
   Pages that are open stay as they are; the next one comes from the network. */
"use strict";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) await cache.delete(request);
    await caches.delete(name);
  }
  await self.registration.unregister();
})()));
