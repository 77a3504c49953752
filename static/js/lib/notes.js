// What the reader notes during one visit: signs, answers of “next step”, the fields of the call sheet.
// It lives in this document only. Nothing of it is stored, sent, or put into an address.

const IDLE = 10 * 60 * 1000; // ms without a touch after which a telephone left on a table tells nothing any more

class Notes extends EventTarget {
  #signs = new Map(); // name → its words
  #answers = []; // {name, question, answer, to}, in the order of the questions
  #outcome = null; // {path, title}
  #fields = new Map(); // name → what was written or chosen
  #timer = null;
  #touched = Date.now();

  get signs() {
    return new Map(this.#signs);
  }

  get answers() {
    return [...this.#answers];
  }

  get outcome() {
    return this.#outcome;
  }

  field(name) {
    return this.#fields.get(name) ?? "";
  }

  /** Whether there is anything that another document would lose. */
  get isEmpty() {
    return !this.isPrecious && this.#answers.length === 0;
  }

  /** Whether there is something that took the reader trouble. */
  get isPrecious() {
    return this.#signs.size > 0 || this.#fields.size > 0;
  }

  /** @param {string} name @param {string|null} words null when it is no longer noted */
  noteSign(name, words) {
    this.stay();
    if (words === null) this.#signs.delete(name);
    else this.#signs.set(name, words);
    this.#changed();
  }

  /** An answer takes back those that were given after it, since they were to other questions. @param {string} to its page */
  noteAnswer(name, question, answer, to) {
    this.stay();
    const at = this.#answers.findIndex((each) => each.name === name);
    if (at >= 0) this.#answers.length = at;
    this.#answers.push({ name, question, answer, to });
    this.#outcome = null;
    this.#changed();
  }

  noteOutcome(path, title) {
    this.#outcome = { path, title };
    this.#changed();
  }

  noteField(name, value) {
    this.stay();
    if (value) this.#fields.set(name, value);
    else this.#fields.delete(name);
    this.#changed();
  }

  erase() {
    this.#signs.clear();
    this.#answers.length = 0;
    this.#outcome = null;
    this.#fields.clear();
    this.#changed();
  }

  /** The reader is still there, or comes back: too late, when timers stood still meanwhile. */
  stay() {
    clearTimeout(this.#timer);
    const isLate = Date.now() - this.#touched > IDLE;
    this.#touched = Date.now();
    if (this.isEmpty) return;
    if (isLate) this.#expire();
    else this.#timer = setTimeout(() => this.#expire(), IDLE);
  }

  #expire() {
    this.erase();
    this.dispatchEvent(new Event("expire"));
  }

  #changed() {
    this.stay();
    document.documentElement.toggleAttribute("data-in-use", !this.isEmpty);
    this.dispatchEvent(new Event("change"));
  }
}

export const notes = new Notes();

for (const type of ["pointerdown", "keydown", "scroll"]) {
  document.addEventListener(type, () => notes.stay(), { capture: true, passive: true });
}

document.addEventListener("visibilitychange", () => document.hidden || notes.stay());

// A page that is kept for “back” must not show again what was noted before.
window.addEventListener("pagehide", () => notes.erase());

let isCalling = false; // a call, a mail or a card for the address book opens another app and leaves this page where it is

document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("a[href^='tel:'], a[href^='mailto:'], a[href$='.vcf']")) return;
  isCalling = true;
  setTimeout(() => (isCalling = false), 1000);
});

window.addEventListener("beforeunload", (event) => {
  if (!notes.isPrecious || isCalling) return;
  event.preventDefault(); // the browser asks in its own words
  event.returnValue = true; // so does Chromium before 119
});
