// The service worker: keeps the guide on this device, checks every byte, and answers from there.
// Its states are drawn in docs/design.md, “How the guide gets on the phone”.
//
// An *edition* is one published state of the guide: its name, its date, and the hash of each of its lists.
// A *list* names the addresses of a part (the shell, a locale, its practice, the cards) and the hash of the bytes of each.
// A *pack* is a list and all its bytes; an *update* is what changed of a part since the edition before.
// An *entry* is kept under its hash, so two editions share what has not changed.
// The *pointer* says which edition answers. It moves only to an edition that is stored whole, but for practice and for
// locales just being added, and only when no other page is open, so stored pages and assets of two editions never meet.

const EDITION = /* edition: */ { name: "", date: "", parts: {}, headers: {} } /* :edition */;

const ENTRIES = "guide-entries-1";
const STATE = "guide-state-1";
const STATE_KEY = "/guide-state";
const SILENCE = 30_000; // ms a download may bring nothing; slow is fine, silent is not
const PATIENCE = 10_000; // ms a reader waits for a page that is not stored, before being told
const ALIVE = 5_000; // ms between signs of life while a page waits for an answer
const FEW = 6; // so many missing entries are fetched singly, and so many refusals in a row end an attempt
const MUCH = 0.4; // of a part's bytes: when more is missing, its pack, compressed as one, is the cheaper way
const PRACTICE = "-practice"; // follows the name of a locale in that of the part with its practice
const AT_ONCE = 4; // single fetches side by side

self.addEventListener("install", (event) => event.waitUntil(storeShell()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(reply(event)));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const isOurs = url.origin === location.origin && event.request.method === "GET";
  if (isOurs && url.pathname !== "/sw.js") event.respondWith(answer(event, url));
});

// ── Answering ────────────────────────────────────────────────────────────────────────────────────────────

const strangers = new Set(); // clients whose page came from the network as it is, so their assets do too

async function answer(event, url) {
  const isPage = event.request.mode === "navigate";
  if (!isPage && strangers.has(event.clientId)) return fetch(event.request);
  try {
    const edition = isPage ? await editionToOpen(event) : ((await readState()).current ?? EDITION);
    const entry = await findEntry(edition, url.pathname);
    const stored = entry && (await readEntry(entry, edition));
    return stored ?? (await fromNetwork(event, edition, url.pathname, entry));
  } catch (error) {
    console.warn("The guide's store cannot be used:", error);
    return fetch(event.request); // No storage: the guide is read online.
  }
}

/** What is not stored: fetched in time or told as missing, and kept if it is listed and what the list says. */
async function fromNetwork(event, edition, path, entry) {
  const isPage = event.request.mode === "navigate";
  let response, bytes;
  try {
    // What is listed is asked for by its own address: hosts lead other ways to write it there, which helps no worker.
    const listed = () => fetch(entry.url, { redirect: isPage ? "manual" : "follow" });
    response = await within(PATIENCE, entry ? listed() : fetch(event.request));
    if (entry && response.status === 200) bytes = await within(PATIENCE, response.clone().arrayBuffer());
  } catch {
    return isPage ? notFound(edition, path) : Response.error();
  }
  if (bytes && (await hashOf(bytes)) === entry.hash) {
    await keep(entry, bytes).catch(() => {});
  } else if (isPage && entry && !response.ok) {
    return notFound(edition, path); // the guide has this page; what the host says in its place helps nobody
  } else if (isPage && response.ok) {
    // Another edition, or a network that wants a log-in: shown as it is, as without this worker, and not kept.
    strangers.add(event.resultingClientId);
  }
  return response;
}

/** The promise, or a rejection when nothing came of it in time. */
function within(time, promise) {
  let timer;
  const over = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Failure("network", `no answer in ${time} ms`)), time);
  });
  return Promise.race([promise, over]).finally(() => clearTimeout(timer));
}

/** The page for addresses that are not on this device, in the language of the address. */
async function notFound(edition, path) {
  const shell = await readList(edition, "shell");
  const locale = path.split("/")[1].toLowerCase();
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
  for (const part of Object.keys(edition.parts)) {
    const list = await readList(edition, part);
    const found = list?.find((entry) => candidates.includes(entry.url));
    if (found) return found;
  }
  return null;
}

// ── Editions ─────────────────────────────────────────────────────────────────────────────────────────────

/** The edition for a page that is being opened: the next one, if that can take over. */
async function editionToOpen(event) {
  const mine = [event.clientId, event.resultingClientId, event.replacesClientId];
  const isMoved = await moveOn(mine).catch(() => false); // a full device has no room for the note: the edition at work answers on
  if (isMoved) event.waitUntil(alone(() => forgetUnlisted()));
  return (await readState()).current ?? EDITION; // read only now: another page may have moved the pointer meanwhile
}

/** Move the pointer to the next edition, unless a page that is not mine is open, or something would be lost. Whether it moved. */
async function moveOn(mine) {
  const { current, next, keeps } = await readState();
  if (!next || (await othersAreOpen(mine))) return false;
  const isReady = await replaces(next, current, keeps);
  if (isReady) await movePointer(next);
  else await changeState((state) => ({ ...state, next: null })); // a page stores what is missing, then it waits again
  return isReady;
}

/**
 * Whether an edition has whole the common parts, and the kept locales that the current edition has whole: one that is
 * just being added keeps nobody waiting. Practice may follow.
 */
async function replaces(edition, current, keeps) {
  const stored = await storedHashes();
  const isWhole = async (edition, part) => {
    const entries = await readList(edition, part);
    return Boolean(entries?.every((entry) => stored.has(entry.hash)));
  };
  for (const part of partsOf(edition, keeps).filter((part) => !part.endsWith(PRACTICE))) {
    const isAdded = keeps.includes(part) && !(part in current.parts && (await isWhole(current, part)));
    if (!isAdded && !(await isWhole(edition, part))) return false;
  }
  return true;
}

/** What these locales need, in the order in which it is stored: what may be urgent, then practice. */
function partsOf(edition, locales) {
  const parts = ["shell", ...locales, "cards", ...locales.map((locale) => locale + PRACTICE)];
  return parts.filter((part) => part in edition.parts); // a guide may have no cards, and no practice
}

async function othersAreOpen(mine) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.some((client) => !mine.includes(client.id));
}

function movePointer(edition) {
  return changeState((state) => ({ ...state, current: edition, next: null }));
}

/**
 * On installation: the shell of this edition. The first edition of a device answers as soon as it has that.
 *
 * A newer worker waits, in the browser's own way, until no page is open: pages ask it to store, and the one at work
 * answers on, with the edition of the pointer. Taking over at once (skipWaiting) would be allowed, but Chromium loses
 * the page that the old worker was about to answer, and its reader would look at nothing.
 */
async function storeShell() {
  await alone(async () => {
    await forgetUnlisted(); // what is left of an edition that failed may fill the device
    await storePart(EDITION, "shell", () => {});
  });
  await changeState((state) => ({ ...state, current: state.current ?? EDITION }));
}

/**
 * Store a locale of this edition, and whatever else this device keeps, so that the pointer can move. A locale that the
 * reader took off is stored only when the reader wishes, not for a page that asks since it does not know of it yet.
 */
async function storeLocale(locale, isWished, progress) {
  if (!isWished && (await readState()).declined.includes(locale)) return;
  await forgetUnlisted(); // as above
  await storePart(EDITION, "shell", progress);
  const { keeps, current } = await changeState((state) => ({
    ...state,
    current: state.current ?? EDITION, // a device that lost everything begins anew
    keeps: [...new Set([...state.keeps, locale])],
    declined: state.declined.filter((each) => each !== locale),
  }));
  const isCurrent = current.name === EDITION.name;
  const [, ...others] = partsOf(EDITION, isCurrent ? [locale] : keeps); // without the shell, which is stored by now
  // Side by side, since on a far network each answer is long in coming.
  const storeAll = async (parts) => {
    const ends = await Promise.allSettled(parts.map((part) => storePart(EDITION, part, progress)));
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
  };
  await storeAll(others.filter((part) => !part.endsWith(PRACTICE)));
  // When the host has gone back to the edition that answers, nothing newer waits any more. Practice is not waited for:
  // a corrected number must not hang on a scene that cannot be had.
  await changeState((state) => ({ ...state, next: state.current.name === EDITION.name ? null : EDITION }));
  await storeAll(others.filter((part) => part.endsWith(PRACTICE)));
  await forgetUnlisted();
}

const running = new Map(); // locale, and whether wished → the work and those who wait for it: two pages do not store twice

function storeOnce(locale, isWished, progress) {
  const key = `${locale} ${isWished}`;
  if (!running.has(key)) {
    const listeners = new Set();
    const task = { listeners, latest: null };
    const tell = (report) => {
      task.latest = report;
      listeners.forEach((listener) => listener(report));
    };
    task.work = alone(() => storeLocale(locale, isWished, tell)).finally(() => running.delete(key));
    running.set(key, task);
  }
  const { work, listeners, latest } = running.get(key);
  listeners.add(progress);
  if (latest) progress(latest); // a page that comes later sees how far it is
  return work.finally(() => listeners.delete(progress));
}

let queue = Promise.resolve();

/** Storing and forgetting one at a time: in this worker, and beside another version of it. */
function alone(work) {
  const locked = () => (self.navigator.locks ? self.navigator.locks.request("guide-store", work) : work());
  const result = queue.then(locked);
  queue = result.catch(() => {});
  return result;
}

// ── Storing ──────────────────────────────────────────────────────────────────────────────────────────────

/** Why something could not be stored: `kind` is network, login, altered, missing, busy, space or failed. */
class Failure extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** Bring what is missing of a part: by update or by pack, and one by one what these did not bring. */
async function storePart(edition, part, progress) {
  let failure = null;
  const tried = new Set();
  const attempt = (way) => {
    tried.add(way);
    return way(edition, part, progress).catch((error) => (failure = error));
  };
  if (!(await readBytes(edition.parts[part].list))) {
    const { before, count, size } = edition.parts[part];
    if (await readBytes(before)) {
      await attempt(storeUpdate);
    } else if (!(await isBegun(part))) {
      progress({ part, done: { entries: 0, bytes: 0 }, total: { entries: count, bytes: size } });
      await attempt(storePack);
    }
  }
  const entries = await fetchList(edition, part);
  if (!tried.has(storePack) && (await missingOf(part, entries, progress)).isMuch()) await attempt(storePack);
  const missing = await missingOf(part, entries, progress);
  if (missing.entries.size) await storeSingly(missing, failure);
}

/** Whether something of a part is stored; what is not begun comes as its pack, without a look at the list. */
async function isBegun(part) {
  const { current } = await readState();
  return Boolean(current?.parts[part] && (await readList(current, part)));
}

/** What is missing of a part. `take` keeps the bytes of an entry and tells how far the part is; callers compare them. */
async function missingOf(part, listed, progress) {
  const stored = await storedHashes();
  const entries = new Map(listed.filter(({ hash }) => !stored.has(hash)).map((entry) => [entry.url, entry]));
  const total = { entries: listed.length, bytes: bytesOf(listed) };
  const report = () => {
    const done = { entries: total.entries - entries.size, bytes: total.bytes - bytesOf(entries.values()) };
    progress({ part, done, total });
  };
  report();
  const take = async (entry, bytes) => {
    await keep(entry, bytes);
    entries.delete(entry.url);
    report();
  };
  const isMuch = () => entries.size > FEW && bytesOf(entries.values()) > MUCH * total.bytes;
  return { entries, take, isMuch };
}

function bytesOf(entries) {
  let sum = 0;
  for (const { size } of entries) sum += size;
  return sum;
}

/** Take from the pack its list and what is missing, each entry as soon as its bytes are here; a bad one stays missing. */
async function storePack(edition, part, progress) {
  const { list, listSize } = edition.parts[part];
  const url = `/offline/${part}.${list}.pack`;
  await abortedAfter(async (signal) => {
    const response = await fetchFresh(url, { signal });
    if (isHtml(response)) throw new Failure("login", `${url}: a page instead`);
    const chunks = pieces(response.body.getReader());
    const listed = await keepList(list, (await chunks.next(listSize)).value ?? new Uint8Array(0));
    const missing = await missingOf(part, listed, progress);
    for (const entry of listed.filter(({ isApart }) => !isApart)) {
      const { value: bytes, done } = await chunks.next(entry.size);
      if (done) return;
      if (missing.entries.has(entry.url) && (await hashOf(bytes)) === entry.hash) await missing.take(entry, bytes);
    }
  });
}

/** Make what is missing from what is stored and from what changed; a result that is not what the list says stays missing. */
async function storeUpdate(edition, part, progress) {
  const { before, list } = edition.parts[part];
  const { bytes: text } = await fetchBytes(`/offline/${part}.${before}.${list}.update`, "no-cache");
  const update = JSON.parse(new TextDecoder().decode(text));
  const listed = await keepList(list, await changed(await readBytes(before), update.list));
  const missing = await missingOf(part, listed, progress);
  for (const entry of missing.entries.values()) {
    const [hash, changes] = update.entries[entry.hash] ?? [];
    const old = await readBytes(hash);
    const bytes = old && (await changed(old, changes));
    if (bytes && (await hashOf(bytes)) === entry.hash) await missing.take(entry, bytes);
  }
}

/** Old bytes with changes: texts to insert, and [start, length] of what to copy (guide/updates.py). */
async function changed(old, changes) {
  const parts = changes.map((each) => (typeof each === "string" ? each : old.subarray(each[0], each[0] + each[1])));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const fetching = new Set(); // the controllers of what is under way
const resting = new Set(); // clients that were open when everything was erased, so nothing is stored for them again
let isErasing = false;

/**
 * Work with a signal, and abort what is left of it: it would use data for nothing, and block a second try.
 * While everything is being erased, it is aborted at once.
 */
async function abortedAfter(work) {
  const abort = new AbortController();
  fetching.add(abort);
  if (isErasing) abort.abort();
  try {
    return await work(abort.signal);
  } finally {
    fetching.delete(abort);
    abort.abort();
  }
}

/** A stream as pieces of the sizes asked for; ends when the stream does, and gives up on silence. */
function pieces(reader) {
  let rest = new Uint8Array(0);
  return {
    async next(size) {
      while (rest.length < size) {
        const { value, done } = await within(SILENCE, reader.read());
        if (done) return { done: true };
        const joined = new Uint8Array(rest.length + value.length);
        joined.set(rest);
        joined.set(value, rest.length);
        rest = joined;
      }
      const piece = rest.slice(0, size);
      rest = rest.subarray(size);
      return { value: piece, done: false };
    },
  };
}

/** Fetch what is missing, some at a time. One bad page does not stop the others; no network, or no room, does. */
async function storeSingly(missing, failure) {
  const waiting = [...missing.entries.values()];
  let refusals = 0;
  const next = async () => {
    while (waiting.length && refusals <= FEW) {
      const entry = waiting.shift();
      try {
        await missing.take(entry, await fetchVerified(entry.url, entry.hash, entry.isApart));
        refusals = 0;
      } catch (error) {
        failure = error;
        refusals += ["altered", "missing"].includes(kindOf(error)) ? 1 : FEW + 1;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  if (missing.entries.size) throw failure;
}

async function fetchList(edition, part) {
  const { list } = edition.parts[part];
  const stored = await readBytes(list); // not what was read before: it may have been forgotten since
  return stored ? parseList(stored) : keepList(list, await fetchVerified(`/offline/${part}.${list}.json`, list));
}

/** Keep a list if its bytes are what its edition says. */
async function keepList(hash, bytes) {
  if ((await hashOf(bytes)) !== hash) throw new Failure("altered", `not the list ${hash}`);
  await keep({ hash, type: "application/json" }, bytes);
  return parseList(bytes);
}

/**
 * The bytes of an address. When a cache on the way gave old ones, they are asked for once more, past the caches.
 * `isLoaded`: the page has loaded it a moment ago, so the browser's own cache is asked first.
 */
async function fetchVerified(url, hash, isLoaded = false) {
  let isPage;
  for (const cache of [...(isLoaded ? ["force-cache"] : []), "no-cache", "reload"]) {
    const { bytes, isPage: found } = await fetchBytes(url, cache);
    if ((await hashOf(bytes)) === hash) return bytes;
    isPage = found;
  }
  throw new Failure(isPage && !url.endsWith("/") ? "login" : "altered", `${url}: not the bytes of the list`);
}

async function fetchBytes(url, cache) {
  return abortedAfter(async (signal) => {
    const response = await fetchFresh(url, { cache, signal });
    const reader = response.body.getReader();
    const next = () => reader.read().catch(() => {
      throw new Failure("missing", `${url}: broken off`); // this one; the others may do
    });
    const read = [];
    for (let piece; !(piece = await within(SILENCE, next())).done; ) read.push(piece.value);
    return { bytes: new Uint8Array(await new Blob(read).arrayBuffer()), isPage: isHtml(response) };
  });
}

function isHtml(response) {
  return /html/.test(response.headers.get("Content-Type") ?? "");
}

async function fetchFresh(url, options) {
  const request = fetch(url, { cache: "no-cache", credentials: "omit", redirect: "manual", ...options });
  const response = await within(SILENCE, request);
  if (response.type === "opaqueredirect") throw new Failure("login", `${url}: led elsewhere`);
  if (response.status === 429 || response.status >= 500) throw new Failure("busy", `${url}: ${response.status}`);
  if (response.status !== 200) throw new Failure("missing", `${url}: ${response.status}`);
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
  const response = hash && (await caches.match(keyOf(hash), { cacheName: ENTRIES })); // open() would make what was erased
  const bytes = response && new Uint8Array(await response.arrayBuffer());
  if (!bytes) return null;
  if ((await hashOf(bytes)) === hash) return bytes;
  await (await caches.open(ENTRIES)).delete(keyOf(hash)); // damaged: better missing, which is seen and mended
  return null;
}

const lists = new Map(); // hash → entries, so that a request does not parse what the last one did

async function readList(edition, part) {
  const hash = edition.parts[part].list;
  if (!lists.has(hash)) {
    const bytes = await readBytes(hash);
    if (!bytes) return null;
    lists.set(hash, parseList(bytes));
  }
  return lists.get(hash);
}

function parseList(bytes) {
  const { entries } = JSON.parse(new TextDecoder().decode(bytes));
  return entries.map(([url, hash, size, type, apart]) => ({ url, hash, size, type, isApart: Boolean(apart) }));
}

async function storedHashes() {
  const keys = (await caches.has(ENTRIES)) ? await (await caches.open(ENTRIES)).keys() : [];
  return new Set(keys.map((request) => new URL(request.url).pathname.slice(keyOf("").length)));
}

/**
 * Delete what no edition in use lists: neither the current, nor the next, nor the one this worker brings. `state` is
 * what is going to be the state, when the device must have room first.
 */
async function forgetUnlisted(state) {
  const { current, next, keeps, declined } = state ?? (await readState());
  const lacksList = async (part) => !(await readList(current ?? EDITION, part));
  const lacking = await Promise.all(partsOf(current ?? EDITION, keeps).map(lacksList));
  if (!state && lacking.includes(true)) return; // what it will name may be here, from the edition before: practice, perhaps
  const wanted = new Set();
  for (const edition of [current, next, EDITION]) {
    for (const [part, { list }] of Object.entries(edition?.parts ?? {})) {
      if (declined.includes(part.replace(PRACTICE, ""))) continue;
      wanted.add(list);
      for (const entry of (await readList(edition, part)) ?? []) wanted.add(entry.hash);
    }
  }
  const store = await caches.open(ENTRIES);
  for (const hash of await storedHashes()) {
    if (!wanted.has(hash)) {
      await store.delete(keyOf(hash));
      lists.delete(hash);
    }
  }
}

// ── State ────────────────────────────────────────────────────────────────────────────────────────────────

async function readState() {
  const response = await caches.match(STATE_KEY, { cacheName: STATE });
  const state = await response?.json().catch(() => null); // damaged: as if this device were new
  return { current: null, next: null, keeps: [], declined: [], ...state };
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
  /** What is stored, without reading it back. */
  status: () => status(),
  /** What is stored, after reading back what these languages need; how much was read, and was damaged. */
  check: async ({ locales }) => {
    if (!(await readState()).current) await movePointer(EDITION); // the note was lost
    const found = await check(partsOf((await readState()).current, locales)); // which may lack a part that is new
    return { ...(await status()), ...found };
  },
  /** Store a locale; `isWished`: the reader asks for it now, so it counts as declined no more. */
  store: async ({ locale, isWished = false }, progress) => {
    await storeOnce(locale, isWished, progress);
    return status();
  },
  open: async (_, __, event) => {
    const isMoved = await moveOn([event.source.id]);
    if (isMoved) event.waitUntil(alone(() => forgetUnlisted())); // the reader does not wait for what may be stored just now
    return { ...(await status()), isMoved };
  },
  /** No longer keep a language on this device, until it is stored again. */
  decline: async ({ locale }) => {
    const without = (state) => ({
      ...state,
      keeps: state.keeps.filter((each) => each !== locale),
      declined: [...new Set([...state.declined, locale])],
    });
    await alone(async () => {
      await forgetUnlisted(without(await readState())); // first, since a full device has no room for the note before
      await changeState(without);
    });
    return status();
  },
  /**
   * Everything off this device. The page asks, and then lets go of this worker too; but that stays at work until the
   * other pages are closed, so they are refused what they ask for, and told.
   */
  erase: async (_, __, event) => {
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    isErasing = true;
    fetching.forEach((abort) => abort.abort()); // a reader who erases waits for no network
    try {
      await alone(() => Promise.all([caches.delete(ENTRIES), caches.delete(STATE)]));
    } finally {
      isErasing = false;
    }
    lists.clear();
    for (const client of windows.filter(({ id }) => id !== event.source.id)) {
      resting.add(client.id);
      client.postMessage("erased");
    }
    return {};
  },
};

async function reply(event) {
  const { data, ports: [port] } = event;
  if (!port) return; // “stay”: it only keeps this worker from being ended in mid-work
  const alive = setInterval(() => port.postMessage({ alive: true }), ALIVE);
  try {
    if (isErasing || resting.has(event.source.id)) throw new Failure("failed", "everything is erased");
    const result = await REQUESTS[data.request](data, (progress) => port.postMessage({ progress }), event);
    port.postMessage({ result });
  } catch (error) {
    port.postMessage({ failure: kindOf(error), result: isErasing ? null : await status().catch(() => null) });
  } finally {
    clearInterval(alive);
  }
}

function kindOf(error) {
  if (error instanceof Failure) return error.kind;
  if (error instanceof TypeError) return "network"; // what fetch rejects with
  return error?.name === "QuotaExceededError" ? "space" : "failed";
}

/** What is stored of the edition that answers, per part, and the edition that waits. */
async function status() {
  const { current, next, keeps, declined } = await readState();
  const edition = current ?? EDITION;
  const stored = await storedHashes();
  const parts = {};
  for (const [part, { count, size }] of Object.entries(edition.parts)) {
    const entries = (await readList(edition, part)) ?? [];
    const done = entries.filter((entry) => stored.has(entry.hash)).length;
    parts[part] = { done, total: count, size };
  }
  return {
    edition: { name: edition.name, date: edition.date },
    next: next && { name: next.name, date: next.date },
    isNewest: (next ?? edition).name === EDITION.name,
    keeps,
    declined,
    parts,
  };
}

const checking = new Map(); // parts → the check under way, which pages that follow each other quickly share

function check(parts) {
  const key = parts.join();
  if (!checking.has(key)) checking.set(key, readBack(parts).finally(() => checking.delete(key)));
  return checking.get(key);
}

/** Read every stored entry of the parts back; what is damaged is dropped, so that it counts as missing. */
async function readBack(parts) {
  const edition = (await readState()).current ?? EDITION;
  const stored = await storedHashes();
  let read = 0;
  let right = 0;
  for (const part of parts) {
    const { list } = edition.parts[part];
    lists.delete(list);
    const entries = await readList(edition, part);
    const found = (entries ?? []).filter((entry) => stored.has(entry.hash));
    const results = await Promise.all(found.map((entry) => readBytes(entry.hash)));
    if (stored.has(list)) results.push(entries); // a part that is read back and may be damaged, too
    read += results.length;
    right += results.filter(Boolean).length;
  }
  return { read, damaged: read - right };
}

// ── Hashes ───────────────────────────────────────────────────────────────────────────────────────────────

/** The first 128 bits of SHA-256 in base64url without padding, as in the lists. */
async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes), 0, 16);
  return btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function keyOf(hash) {
  return `/guide-entry/${hash}`;
}
