// The service worker: keeps the guide on this device, checks every byte, and answers from there.
// Its states are drawn in docs/design.md, “How the guide gets on the phone”.
//
// An *edition* is one published state of the guide: its name, its date, and the hash of each of its lists.
// A *list* names the addresses of a part (the shell, or a locale) and the hash of each address's bytes.
// An *entry* is kept under its hash, so two editions share what has not changed.
// The *pointer* says which edition answers. It moves only to an edition that is stored whole, and only
// when no other page is open, so pages and assets of two editions never meet.

const EDITION = /* edition: */ { name: "", date: "", lists: {}, counts: {}, headers: {} } /* :edition */;

const ENTRIES = "guide-entries-1";
const STATE = "guide-state-1";
const STATE_KEY = "/guide-state";
const PATIENCE = 30_000; // ms a request may take: a network that never answers must not hold the reader up
const CHECK_AGAIN = 300_000; // ms after which everything stored is read back and compared once more
const FEW = 6; // so many missing entries are fetched one by one; more come with the pack

self.addEventListener("install", (event) => event.waitUntil(storeShell()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(reply(event)));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const isOurs = url.origin === location.origin && event.request.method === "GET";
  if (isOurs && url.pathname !== "/sw.js") event.respondWith(answer(event, url));
});

// ── Answering ────────────────────────────────────────────────────────────────────────────────────────────

async function answer(event, url) {
  const isPage = event.request.mode === "navigate";
  const edition = isPage ? await editionToOpen(event) : (await readState()).current;
  if (!edition) return fetch(event.request);
  const entry = await findEntry(edition, url.pathname);
  if (entry) return (await readEntry(entry, edition)) ?? fromNetwork(event, edition, entry);
  try {
    return await fetch(event.request);
  } catch (error) {
    if (isPage) return notFound(edition, url.pathname);
    throw error;
  }
}

/** An entry that is listed but not stored (yet, or no longer): fetched, kept if it is what the list says. */
async function fromNetwork(event, edition, entry) {
  const response = await fetch(event.request.mode === "navigate" ? event.request : entry.url).catch(() => null);
  if (!response) {
    return event.request.mode === "navigate" ? notFound(edition, entry.url) : Response.error();
  }
  if (response.status === 200) {
    const bytes = await response.clone().arrayBuffer();
    // Something else than the list says: a newer edition, or a network that wants a log-in. The reader may
    // see it, as without this worker; it is not kept.
    if ((await hashOf(bytes)) === entry.hash) await keep(entry, bytes).catch(() => {});
  }
  return response;
}

/** The page for addresses that are not on this device, in the language of the address. */
async function notFound(edition, path) {
  const shell = await readList(edition, "shell");
  const locale = path.split("/")[1];
  const urls = [`/${locale}/not-found/`, "/nl/not-found/"];
  const entry = urls.map((url) => shell?.find((each) => each.url === url)).find(Boolean);
  const page = entry && (await readEntry(entry, edition));
  return page ? new Response(page.body, { status: 404, headers: page.headers }) : Response.error();
}

/** The entry that answers a path, also without its slash, with index.html, in capitals or with doubled slashes. */
async function findEntry(edition, path) {
  const plain = path.replace(/\/{2,}/g, "/");
  const short = plain.toLowerCase().replace(/(\/index)?(\.html)?\/?$/, "");
  const candidates = [path, plain, `${short}/`];
  for (const part of Object.keys(edition.lists)) {
    const list = await readList(edition, part);
    const found = list?.find((entry) => candidates.includes(entry.url));
    if (found) return found;
  }
  return null;
}

// ── Editions ─────────────────────────────────────────────────────────────────────────────────────────────

/** The edition for a page that is being opened: the next one, if it is whole and nobody reads the current. */
async function editionToOpen(event) {
  const state = await readState();
  if (!state.next || (await othersAreOpen(event))) return state.current;
  return moveTo(state.next);
}

async function othersAreOpen(event) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const opening = [event.clientId, event.resultingClientId, event.replacesClientId];
  return windows.some((client) => !opening.includes(client.id));
}

async function moveTo(edition) {
  await changeState((state) => ({ ...state, current: edition, next: null }));
  await forgetUnlisted();
  return edition;
}

/** On installation: the shell of this edition. The first edition of a device answers as soon as it has that. */
async function storeShell() {
  await storePart(EDITION, "shell", () => {});
  await changeState((state) => ({ ...state, current: state.current ?? EDITION }));
  await self.skipWaiting(); // Safe: which edition answers depends on the pointer, not on this worker.
}

/** Store a locale of this edition, and whatever else this device keeps, so that the pointer can move. */
async function storeLocale(locale, progress) {
  const { keeps, current } = await changeState((state) => ({
    ...state,
    keeps: [...new Set([...state.keeps, locale])],
  }));
  await storePart(EDITION, "shell", progress);
  for (const part of current.name === EDITION.name ? [locale] : keeps) {
    await storePart(EDITION, part, progress);
  }
  if (current.name !== EDITION.name) await changeState((state) => ({ ...state, next: EDITION }));
  await forgetUnlisted();
}

// ── Storing ──────────────────────────────────────────────────────────────────────────────────────────────

class Refused extends Error {} // bytes that are not what the list says

async function storePart(edition, part, progress) {
  const list = await fetchList(edition, part);
  const missing = await missingOf(list.entries);
  const report = () => progress({ part, done: list.entries.length - missing.length, total: list.entries.length });
  report();
  if (missing.length > FEW) {
    await storePack(list, missing, report);
  }
  while (missing.length) {
    const entry = missing[0];
    await keep(entry, await fetchVerified(entry.url, entry.hash));
    missing.shift();
    report();
  }
}

/** Take from the pack what is missing; what the pack does not have right stays missing. */
async function storePack(list, missing, report) {
  const response = await fetchFresh(list.pack);
  const bytes = await response.arrayBuffer();
  let start = 0;
  for (const entry of list.entries) {
    const slice = bytes.slice(start, start + entry.size);
    start += entry.size;
    const index = missing.findIndex((each) => each.url === entry.url);
    if (index < 0) continue;
    if ((await hashOf(slice)) !== entry.hash) throw new Refused(list.pack);
    await keep(entry, slice);
    missing.splice(index, 1);
    report();
  }
}

async function fetchList(edition, part) {
  const hash = edition.lists[part];
  const url = `/offline/${part}.${hash}.json`;
  const stored = await readBytes(hash);
  const bytes = stored ?? (await fetchVerified(url, hash));
  if (!stored) await keep({ hash, type: "application/json" }, bytes);
  return parseList(bytes);
}

async function fetchVerified(url, hash) {
  const bytes = await (await fetchFresh(url)).arrayBuffer();
  if ((await hashOf(bytes)) !== hash) throw new Refused(url);
  return bytes;
}

async function fetchFresh(url) {
  const response = await fetch(url, {
    cache: "no-cache",
    credentials: "omit",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (response.status !== 200) throw new Refused(`${url}: ${response.status}`);
  return response;
}

/** Keep bytes under their hash. Callers have compared them. */
async function keep({ hash, type }, bytes) {
  const store = await caches.open(ENTRIES);
  await store.put(keyOf(hash), new Response(bytes, { headers: { "Content-Type": type } }));
}

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────

/** The stored answer of an entry, its bytes compared with its hash once more; null if missing or damaged. */
async function readEntry(entry, edition) {
  const bytes = await readBytes(entry.hash);
  return bytes && new Response(bytes, { headers: { ...edition.headers, "Content-Type": entry.type } });
}

async function readBytes(hash) {
  const store = await caches.open(ENTRIES);
  const response = await store.match(keyOf(hash));
  const bytes = await response?.arrayBuffer();
  if (!bytes) return null;
  if ((await hashOf(bytes)) === hash) return bytes;
  await store.delete(keyOf(hash));
  return null;
}

const lists = new Map(); // hash → entries, so that a request does not parse what the last one did

async function readList(edition, part) {
  const hash = edition.lists[part];
  if (!lists.has(hash)) {
    const bytes = await readBytes(hash);
    if (!bytes) return null;
    lists.set(hash, parseList(bytes).entries);
  }
  return lists.get(hash);
}

function parseList(bytes) {
  const { pack, entries } = JSON.parse(new TextDecoder().decode(bytes));
  return { pack, entries: entries.map(([url, hash, size, type]) => ({ url, hash, size, type })) };
}

async function missingOf(entries) {
  const stored = await storedHashes();
  return entries.filter((entry) => !stored.has(entry.hash));
}

async function storedHashes() {
  const keys = await (await caches.open(ENTRIES)).keys();
  return new Set(keys.map((request) => new URL(request.url).pathname.slice(keyOf("").length)));
}

/** Delete what neither the current edition, nor the next, nor the one this worker brings has on its lists. */
async function forgetUnlisted() {
  const { current, next } = await readState();
  const wanted = new Set();
  for (const edition of [current, next, EDITION]) {
    for (const [part, hash] of Object.entries(edition?.lists ?? {})) {
      wanted.add(hash);
      for (const entry of (await readList(edition, part)) ?? []) wanted.add(entry.hash);
    }
  }
  const store = await caches.open(ENTRIES);
  for (const hash of await storedHashes()) {
    if (!wanted.has(hash)) await store.delete(keyOf(hash));
  }
}

// ── State ────────────────────────────────────────────────────────────────────────────────────────────────

async function readState() {
  const response = await (await caches.open(STATE)).match(STATE_KEY);
  return response ? response.json() : { current: null, next: null, keeps: [] };
}

let lastChange = Promise.resolve(); // changes follow one another, so none is lost

function changeState(change) {
  const result = lastChange.then(async () => {
    const state = change(await readState());
    await (await caches.open(STATE)).put(STATE_KEY, new Response(JSON.stringify(state)));
    return state;
  });
  lastChange = result.catch(() => {});
  return result;
}

// ── Talking with the page ────────────────────────────────────────────────────────────────────────────────

const REQUESTS = {
  status: () => status(),
  store: ({ locale }, progress) => storeLocale(locale, progress).then(status),
  open: async () => {
    const { next } = await readState();
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (next && windows.length <= 1) await moveTo(next);
    return status();
  },
};

async function reply({ data, ports: [port] }) {
  try {
    const result = await REQUESTS[data.request](data, (progress) => port.postMessage({ progress }));
    port.postMessage({ result });
  } catch (error) {
    port.postMessage({ failure: failureOf(error), result: await status() });
  }
}

function failureOf(error) {
  if (error instanceof Refused) return "mismatch";
  return error.name === "QuotaExceededError" ? "space" : "network";
}

/** What is stored of the current edition, per part; every entry was read back and compared a moment ago. */
async function status() {
  const { current, next } = await readState();
  const edition = current ?? EDITION;
  const checked = await check(edition);
  const stored = await storedHashes();
  const parts = {};
  for (const part of Object.keys(edition.lists)) {
    const entries = (await readList(edition, part)) ?? [];
    const done = entries.filter((entry) => stored.has(entry.hash)).length;
    parts[part] = { done, total: edition.counts[part] };
  }
  return {
    edition: { name: edition.name, date: edition.date },
    next: next && { name: next.name, date: next.date },
    isNewest: (next ?? edition).name === EDITION.name,
    checked,
    parts,
  };
}

let lastCheck = { edition: "", at: 0 }; // in memory: a worker that starts anew checks anew

/** Read every stored entry back and drop what is damaged, unless that was just done. When it was done, in ms. */
async function check(edition) {
  if (lastCheck.edition !== edition.name || Date.now() - lastCheck.at > CHECK_AGAIN) {
    lists.clear();
    for (const part of Object.keys(edition.lists)) {
      const entries = (await readList(edition, part)) ?? [];
      await Promise.all(entries.map((entry) => readBytes(entry.hash)));
    }
    lastCheck = { edition: edition.name, at: Date.now() };
  }
  return lastCheck.at;
}

// ── Hashes ───────────────────────────────────────────────────────────────────────────────────────────────

/** SHA-256 in base64url without padding, as in the lists. */
async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function keyOf(hash) {
  return `/guide-entry/${hash}`;
}
