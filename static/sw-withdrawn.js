// The worker of a withdrawn guide: published in place of sw.js (`build.py build --withdraw`), it takes the guide off every
// phone that opens it with a network, and lets go. Pages that are open stay open; from then on they are read online.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(withdraw()));

async function withdraw() {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
}
