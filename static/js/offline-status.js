import { fill, writeBytes, writeDay, writeTime } from "./lib/writing.js";
import { isInUse } from "./lib/in-use.js";
import { COMMON, isUsable, languagesIn, lookForUpdate, obstacle, requestOf, stateOf, sumOf, workers } from "./lib/worker.js";
import { need } from "./lib/need.js";

const SETTLED = 500; // ms on a page after which its reader stays, perhaps
const RETRY = [5, 15, 60]; // seconds until the next try; the last one repeats

/**
 * <offline-status>: brings the guide onto this device and says truthfully how far it is.
 *
 * The page drives the storing, not the worker's installation, which browsers cut short: it asks for one language
 * after the other, the reader's own first, and tries again by itself while the page is in sight.
 * Its words for each state stand in its data attributes. `<html data-offline>` says none, partial or ready.
 * It fires `guide-stored` with the worker's status whenever that is news.
 */
export class OfflineStatus extends HTMLElement {
  #line = this.querySelector("[role=status]");
  #count = this.querySelector(".offline-status__count");
  #progress = this.querySelector("progress");
  #switch = this.querySelector(".offline-status__switch");
  #others = this.querySelector(".offline-status__others");
  #locale = document.documentElement.lang;
  #storing = null;
  #asked = false;
  #isWilling = false; // whether the reader asked for all languages on this page although the device saves data
  #isErased = false;
  #edition = null; // the name of the one this page's text is of
  #checked = 0;
  #failure = null;
  #tries = 0;
  #timer = null;
  #leaving = new AbortController(); // an element that was left listens to nothing any more

  connectedCallback() {
    need(this, {
      line: this.#line, count: this.#count, progress: this.#progress, switch: this.#switch, others: this.#others,
    });
    const hindered = obstacle(this);
    if (hindered) return this.#say(this.dataset[hindered]);
    this.#switch.addEventListener("click", () => this.#openNext());
    this.#others.addEventListener("click", () => this.#storeOthers());
    const { signal } = this.#leaving;
    workers.addEventListener("newer", () => this.store(), { signal });
    window.addEventListener("online", () => this.store(), { signal });
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.store(), { signal });
    document.addEventListener("visibilitychange", () => this.#comeBack(), { signal });
    navigator.serviceWorker.addEventListener("message", () => this.rest(), { signal }); // another page erased everything
    this.#say(this.dataset.checking);
    // Reading everything back is work: not for a page that is only passed through.
    this.#timer = setTimeout(() => this.store(), navigator.serviceWorker.controller ? SETTLED : 0);
  }

  disconnectedCallback() {
    this.#leaving.abort();
    clearTimeout(this.#timer);
  }

  /**
   * Bring everything this device should have, one language after the other; tried again later when something fails.
   * Resolves when all that was asked meanwhile was tried, too.
   */
  store() {
    if (this.#isErased || !this.isConnected) return Promise.resolve();
    this.#asked = true;
    this.#storing ??= this.#storeWhileAsked();
    return this.#storing;
  }

  #storeOthers() {
    this.#isWilling = true;
    this.store();
  }

  async #storeWhileAsked() {
    while (this.#asked && !this.#isErased && this.isConnected) {
      this.#asked = false;
      clearTimeout(this.#timer);
      try {
        await this.#storeAll();
        this.#tries = 0;
      } catch (error) {
        this.#asked = false; // not at once: what failed just now would fail again
        this.#fail(error);
        if (this.isConnected) this.#tryLater();
      }
    }
    this.#storing = null;
  }

  async #storeAll() {
    let status = await requestOf("check", { locales: [this.#locale] });
    this.#checked = Date.now();
    this.#show(status);
    let failure = null;
    for (const locale of this.#wanted(status, this.#isWilling)) {
      if (this.#isErased) return;
      if (stateOf(status, locale) === "ready" && status.isNewest) continue;
      try {
        status = await this.#storeLocale(locale, status);
      } catch (error) {
        if (!error.status || !isUsable(error.status, locale)) throw error;
        [failure, status] = [error, error.status]; // only practice is missing: the other languages need not wait
      }
      this.#show(status);
    }
    if (failure) throw failure;
  }

  #tryLater() {
    const seconds = RETRY[Math.min(this.#tries++, RETRY.length - 1)];
    this.#timer = setTimeout(() => document.visibilityState === "visible" && this.store(), seconds * 1000);
  }

  /** Store nothing until another page is opened, and say that all is erased once it is; go on if that fails. */
  async rest(erasing) {
    this.#isErased = true;
    try {
      await erasing;
    } catch (error) {
      this.#isErased = false;
      this.store();
      throw error;
    }
    this.#switch.hidden = true;
    this.#others.hidden = true;
    document.documentElement.dataset.offline = "none";
    this.#hideProgress();
    this.#say(this.dataset.erased);
  }

  /** The reader's own language, then the others, but those that were declined; where data is saved, those kept already. */
  #wanted({ keeps, declined }, isWilling) {
    const all = new Set([this.#locale, ...this.dataset.locales.split(" ").filter(Boolean)]);
    return [...all].filter((locale) => {
      if (declined.includes(locale)) return false;
      return locale === this.#locale || isWilling || !isSavingData() || keeps.includes(locale);
    });
  }

  async #storeLocale(locale, status) {
    const isOurs = locale === this.#locale && stateOf(status, locale) !== "ready"; // an update comes quietly
    const parts = new Map(); // what comes side by side is told as one
    const onProgress = (progress) => {
      parts.set(progress.part, progress);
      if (isOurs && parts.has(locale)) this.#showProgress([...parts.values()], locale);
    };
    const stored = await requestOf("store", { locale }, onProgress);
    this.#failure = null;
    this.#checked = Date.now();
    return stored;
  }

  /** A page that comes back into sight after a while: a newer edition may be there, or the network again. */
  #comeBack() {
    if (document.visibilityState !== "visible" || this.#isErased) return;
    lookForUpdate().catch(() => {}); // no network: nothing new to see
    this.store();
  }

  #showProgress(parts, locale) {
    const sum = (which, what) => parts.reduce((all, part) => all + part[which][what], 0);
    const total = { entries: sum("total", "entries"), bytes: sum("total", "bytes") };
    const done = { entries: sum("done", "entries"), bytes: sum("done", "bytes") };
    const isUsable = parts.every(({ part, done, total }) => part.startsWith(`${locale}-`) || done.entries === total.entries);
    this.#failure = null;
    this.#say(isUsable ? this.dataset.usable : this.dataset.storing);
    const bytes = { kept: writeBytes(done.bytes, this.#locale), all: writeBytes(total.bytes, this.#locale) };
    this.#count.textContent = fill(this.dataset.count, { done: done.entries, total: total.entries, ...bytes });
    this.#progress.hidden = false;
    this.#progress.max = total.bytes;
    this.#progress.value = done.bytes;
  }

  #show(status) {
    if (this.#isErased) return;
    this.#edition ??= status.edition.name;
    if (this.#edition !== status.edition.name) { // replaced while this page lay in the browser's memory, for “back”
      if (isInUse()) return this.#say(this.dataset.occupied);
      return location.reload();
    }
    const state = stateOf(status, this.#locale);
    document.documentElement.dataset.offline = state;
    this.#hideProgress();
    this.#switch.hidden = !status.next;
    const waiting = this.#wanted(status, true).filter((locale) => !this.#wanted(status, false).includes(locale));
    this.#others.hidden = waiting.length === 0;
    this.#say([this.#stateInWords(status, state), this.#updateInWords(status)].filter(Boolean).join(" "));
    this.dispatchEvent(new CustomEvent("guide-stored", { detail: { ...status, checked: this.#checked } }));
  }

  #stateInWords(status, state) {
    if (state === "ready") {
      const isClockWrong = Date.now() < new Date(status.edition.date) - 24 * 3600 * 1000;
      return fill(this.dataset.ready, this.#words(status)) + (isClockWrong ? ` ${this.dataset.clock}` : "");
    }
    if (status.declined.includes(this.#locale)) return this.dataset.declined;
    const why = this.#failure && fill(this.dataset[this.#failure] ?? this.dataset.failed, this.#words(status));
    if (isUsable(status, this.#locale)) return [this.dataset.usable, why].filter(Boolean).join(" ");
    return why ?? this.dataset.checking;
  }

  #updateInWords({ next }) {
    return next ? fill(this.dataset.update, { date: writeDay(next.date, this.#locale) }) : "";
  }

  #fail({ failure, status }) {
    if (this.#isErased) return;
    this.#failure = failure;
    if (status) return this.#show(status);
    document.documentElement.dataset.offline = "none"; // so far as anybody can tell
    this.#hideProgress();
    this.#say(this.dataset.failed);
  }

  #hideProgress() {
    this.#progress.hidden = true;
    this.#count.textContent = "";
  }

  #words(status) {
    const languages = languagesIn(status).filter((locale) => stateOf(status, locale) === "ready");
    return {
      ...sumOf(status, this.#locale, COMMON), // all that the progress counted
      date: writeDay(status.edition.date, this.#locale),
      time: writeTime(this.#checked, this.#locale),
      languages: languages.join(", "),
    };
  }

  #say(text) {
    if (this.#line.textContent !== text) this.#line.textContent = text;
  }

  async #openNext() {
    if (isInUse()) return this.#say(this.dataset.occupied);
    const status = await requestOf("open").catch(() => null);
    if (status?.isMoved) return location.reload();
    if (status && !status.next) return this.store(); // something of it was lost meanwhile
    this.#say(status ? this.dataset.windows : this.dataset.failed);
  }
}

function isSavingData() {
  return Boolean(navigator.connection?.saveData);
}

customElements.define("offline-status", OfflineStatus);
