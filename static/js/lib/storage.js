// The only place that touches localStorage. It keeps the chosen language and nothing else.

const LOCALE = "locale";

/** The language the reader chose before on this device, or null. */
export function chosenLocale() {
  try {
    return localStorage.getItem(LOCALE);
  } catch {
    return null; // Storage is switched off: the guide works without a memory.
  }
}

/** Remember the reader's choice. @param {string} locale */
export function rememberLocale(locale) {
  try {
    localStorage.setItem(LOCALE, locale);
  } catch {
    // As above.
  }
}

/** Forget what was remembered on this device. */
export function forgetEverything() {
  try {
    localStorage.clear();
  } catch {
    // As above.
  }
}
