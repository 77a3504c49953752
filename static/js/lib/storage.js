// The only place that touches localStorage. It keeps the reader's settings, and nothing about a case.

const LOCALE = "locale";
const NEWS = "news";
const ROLE = "role";
const PRACTICE = "practice";

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
  if (role) write(ROLE, role);
  else remove(ROLE);
}

/** The parts of practice done on this device, and the checks that should come back. @returns {{done: string[], again: string[]}} */
export function practiceOf() {
  try {
    return { done: [], again: [], ...JSON.parse(read(PRACTICE)) };
  } catch {
    return { done: [], again: [] }; // garbled: as on a new device
  }
}

/** @param {{done: string[], again: string[]}} practice */
export function rememberPractice(practice) {
  write(PRACTICE, JSON.stringify(practice));
}

export function forgetPractice() {
  remove(PRACTICE);
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

function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Storage is switched off: there is nothing to forget.
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}
