// Asking the service worker: registration, one request, its progress and its answer.

/** The parts that every language needs, as in sw.js. */
export const COMMON = ["shell", "cards"];
const PRACTICE = "-practice"; // as in sw.js
const SILENCE = 20_000; // ms without a sign of life after which the worker counts as gone
const AT_HAND = ["installed", "activating", "activated"]; // states in which a worker can be asked
const REPLACED = "replaced"; // by a newer worker; what was asked of the old one is lost, so it is asked again
const MOST = 5; // times that a request is asked
const SUCCESSION = 100; // ms after which the registration names the worker that came in the place of a replaced one

/** Tells with a “newer” event when a newer worker can be asked. */
export const workers = new EventTarget();

let registering = null;

/** The registration with an active worker; waits for the first installation. Rejects when that fails. */
function registration() {
  registering ??= register().catch((error) => {
    registering = null; // the next request tries again
    throw error;
  });
  return registering;
}

async function register() {
  const known = await navigator.serviceWorker.getRegistration("/");
  const asked = navigator.serviceWorker.register(address()); // some browsers look for a newer one then
  if (known?.active) {
    asked.catch(() => {}); // on a silent network that look takes long, and the worker at work is good
    hearOfNewer(known);
    return known;
  }
  const registered = await asked;
  if (!registered.active) await reached(registered.installing ?? registered.waiting, ["activated"]);
  hearOfNewer(registered);
  return registered;
}

function hearOfNewer(known) {
  const hear = () => {
    if (known.installing) reached(known.installing, AT_HAND).then(() => workers.dispatchEvent(new Event("newer")), () => {});
  };
  known.addEventListener("updatefound", hear);
  hear();
}

let policy = null;

/** Browsers with Trusted Types take only what a named policy has made; ours makes one address. */
function address() {
  policy ??= window.trustedTypes?.createPolicy("guide-worker", { createScriptURL: () => "/sw.js" });
  return policy ? policy.createScriptURL("") : "/sw.js";
}

/** Resolves when the worker is in one of these states; rejects when it will never be. */
function reached(worker, states) {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (states.includes(worker.state)) resolve();
      if (worker.state === "redundant") reject(new Error("the worker could not be installed"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

/** Why the guide is not kept here: withdrawn (the line's data say so), insecure or unsupported; null when it can be. */
export function obstacle({ dataset }) {
  if (dataset.withdrawn) return "withdrawn";
  if (!window.isSecureContext) return "insecure";
  return "serviceWorker" in navigator && "caches" in window ? null : "unsupported";
}

/** Look whether the host has a newer worker, and wait until that can be asked. */
export async function lookForUpdate() {
  const known = await registration();
  await known.update();
  if (known.installing) await reached(known.installing, AT_HAND);
}

/** Let go of the worker; the next page that asks for it installs it anew. */
export async function dismissWorker() {
  await (await registration()).unregister();
  registering = null;
}

/**
 * The answer to a request (REQUESTS in sw.js) of the newest worker, which may still wait until no page is open.
 * Rejects with `failure` (network, login, altered, missing, busy, space, failed, or replaced when that happened again
 * and again) and, when the worker could still tell, the `status`.
 * @param {string} request
 * @param {object} [details] what the request needs, such as {locale} or {locales}
 * @param {(progress: {part: string, done: object, total: object}) => void} [onProgress] entries and bytes
 */
export async function requestOf(request, details = {}, onProgress = () => {}) {
  const known = await registration();
  for (let asked = 1; ; asked++) {
    try {
      return await answerOf(known.waiting ?? known.active, { ...details, request }, onProgress);
    } catch (error) {
      if (error.failure !== REPLACED || asked === MOST) throw error;
      await new Promise((resolve) => setTimeout(resolve, SUCCESSION));
    }
  }
}

function answerOf(worker, message, onProgress) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    let timer;
    const end = (settle, value) => {
      clearTimeout(timer);
      worker.removeEventListener("statechange", lookAtIt);
      port1.close();
      settle(value);
    };
    const fail = (failure, status) => end(reject, Object.assign(new Error(failure), { failure, status }));
    const lookAtIt = () => worker.state === "redundant" && fail(REPLACED, null);
    const listen = () => {
      clearTimeout(timer);
      timer = setTimeout(() => fail("failed", null), SILENCE); // the browser ended the worker in mid-work
    };
    port1.onmessage = ({ data }) => {
      listen();
      if (data.alive) worker.postMessage({ request: "stay" }); // being asked renews the time a browser gives a worker
      if (data.progress) onProgress(data.progress);
      else if (data.failure) fail(data.failure, data.result);
      else if (data.result) end(resolve, data.result);
    };
    listen();
    worker.addEventListener("statechange", lookAtIt);
    worker.postMessage(message, [port2]);
  });
}

/** none, partial or ready: how much of a language is stored, with what every language needs and its practice. */
export function stateOf(status, locale) {
  const { done, total } = sumOf(status, locale);
  if (isUsable(status, locale) && done === total) return "ready";
  return done > 0 ? "partial" : "none";
}

/** Whether the guide itself is stored in a language; its practice may still be missing. */
export function isUsable({ parts }, locale) {
  return [locale, ...COMMON].every((part) => !parts[part] || parts[part].done === parts[part].total); // perhaps no cards
}

/**
 * What is stored of a language, what it has in all, and its bytes; with its practice, if the guide has that.
 * @param {string[]} others parts that are counted too
 */
export function sumOf({ parts }, locale, others = []) {
  const mine = [locale, locale + PRACTICE, ...others].map((part) => parts[part]).filter(Boolean);
  const sum = (what) => mine.reduce((all, part) => all + part[what], 0);
  return { done: sum("done"), total: sum("total"), size: sum("size") };
}

/** The languages among the parts of the guide. @returns {string[]} */
export function languagesIn({ parts }) {
  return Object.keys(parts).filter((part) => !COMMON.includes(part) && !part.endsWith(PRACTICE));
}
