// The only place that touches localStorage. It keeps the reader's settings, and nothing about a case.

const LOCALE = "locale";
const NEWS = "news";
const ROLE = "role";

/** The language the reader chose before on this device, or null. */
export function chosenLocale() {
  return read(LOCALE);
}

/** Remember the reader's choice. @param {string} locale */
export function rememberLocale(locale) {
  write(LOCALE, locale);
}

/** The role the reader chose on this device, or null. */
export function myRole() {
  return read(ROLE);
}

/** Remember the reader's role, or forget it. @param {string|null} role */
export function chooseRole(role) {
  if (role) return write(ROLE, role);
  try {
    localStorage.removeItem(ROLE);
  } catch {
    // Storage is switched off: there is nothing to forget.
  }
}

/** The day of the newest entry seen on this device (null: none yet), and the names of critical ones not opened yet. */
export function newsOf() {
  try {
    return { seen: null, unread: [], ...JSON.parse(read(NEWS)) };
  } catch {
    return { seen: null, unread: [] }; // garbled: as on a new device
  }
}

/** @param {{seen: string|null, unread: string[]}} news */
export function rememberNews(news) {
  write(NEWS, JSON.stringify(news));
}

/** Forget what was remembered on this device. */
export function forgetEverything() {
  try {
    localStorage.clear();
  } catch {
    // Storage is switched off: there is nothing to forget.
  }
}

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Storage is switched off: the guide works without a memory.
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}
