// Asking the service worker: registration, one request, its progress and its answer.

let active = null;

/** The active worker; waits for the first installation. Rejects when that fails. */
function worker() {
  active ??= register();
  return active;
}

async function register() {
  const registration = await navigator.serviceWorker.register(address());
  if (!registration.active) await activated(registration.installing ?? registration.waiting);
  return registration;
}

/** Browsers with Trusted Types take only what a named policy has made; ours makes one address. */
function address() {
  const policy = window.trustedTypes?.createPolicy("guide-worker", { createScriptURL: () => "/sw.js" });
  return policy ? policy.createScriptURL("") : "/sw.js";
}

function activated(installing) {
  return new Promise((resolve, reject) => {
    installing.addEventListener("statechange", () => {
      if (installing.state === "activated") resolve();
      if (installing.state === "redundant") reject(new Error("the worker could not be installed"));
    });
  });
}

/**
 * The worker's answer to a request: status, store or open (see REQUESTS in sw.js).
 * @param {string} request
 * @param {object} [details]
 * @param {(progress: {part: string, done: number, total: number}) => void} [onProgress]
 */
export async function requestOf(request, details = {}, onProgress = () => {}) {
  const registration = await worker();
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => {
      if (data.progress) return onProgress(data.progress);
      port1.close();
      if (data.failure) {
        reject(Object.assign(new Error(data.failure), { failure: data.failure, status: data.result }));
      } else resolve(data.result);
    };
    registration.active.postMessage({ ...details, request }, [port2]);
  });
}
