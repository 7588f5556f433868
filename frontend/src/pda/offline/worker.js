/* Holds the PDA's page and files, so that it opens with the network gone. Data are none of its business: readings wait in
   IndexedDB, and every call of the API goes to the network. The build writes VERSION, FILES and LATER above this line. */
/* global self, caches, VERSION, FILES, LATER, fetch, URL */
const CACHE = `suyuan-pda-${VERSION}`;
const PAGE = "/pda";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([PAGE, "/pda/manifest.webmanifest", ...FILES]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("suyuan-pda-") && name !== CACHE;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

const held = (request) => caches.open(CACHE).then((cache) => cache.match(request, { ignoreSearch: true }));

/** A large file, held from its first use on. */
async function once(request) {
  const found = await held(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

/** The newest page while there is a network, so that an upgrade shows at once; the held one without. */
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) return answer;
  } catch {
    // no network: the held page
  }
  return (await held(PAGE)) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (LATER.includes(url.pathname)) event.respondWith(once(request));
  else if (FILES.includes(url.pathname) || url.pathname === "/pda/manifest.webmanifest") event.respondWith(held(request).then((found) => found ?? fetch(request)));
});
