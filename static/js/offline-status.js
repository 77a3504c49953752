import { lookForUpdate, requestOf } from "./lib/worker.js";

const RETRY = [5, 15, 60]; // seconds until the next try; the last one repeats

/**
 * <offline-status>: brings the guide onto this device and says truthfully how far it is.
 *
 * The page drives the storing, not the worker's installation, which browsers cut short: it asks for one language
 * after the other, the reader's own first, and tries again by itself while the page is in sight.
 * Its words for each state stand in its data attributes. `<html data-offline>` says none, partial or ready.
 */
export class OfflineStatus extends HTMLElement {
  #line = this.querySelector("[role=status]");
  #count = this.querySelector(".offline-status__count");
  #progress = this.querySelector("progress");
  #switch = this.querySelector("button");
  #locale = document.documentElement.lang;
  #isStoring = false;
  #tries = 0;
  #timer = null;

  connectedCallback() {
    if (!this.#line || !this.#count || !this.#progress || !this.#switch) {
      throw new Error("<offline-status> needs a status, a count, a progress and a button");
    }
    if (!window.isSecureContext) return this.#say(this.dataset.insecure);
    if (!("serviceWorker" in navigator) || !("caches" in window)) return this.#say(this.dataset.unsupported);
    this.#switch.addEventListener("click", () => this.#openNext());
    navigator.serviceWorker.addEventListener("controllerchange", () => this.#store());
    window.addEventListener("online", () => this.#store());
    window.addEventListener("pageshow", (event) => event.persisted && this.#store());
    document.addEventListener("visibilitychange", () => this.#comeBack());
    this.#say(this.dataset.checking);
    this.#store();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  /** Everything this device should have, one language after the other; tried again later when something fails. */
  async #store() {
    if (this.#isStoring) return;
    this.#isStoring = true;
    clearTimeout(this.#timer);
    try {
      this.#show(await requestOf("status", { locale: this.#locale }));
      const others = navigator.connection?.saveData ? [] : this.dataset.locales.split(" ").filter(Boolean);
      for (const locale of new Set([this.#locale, ...others])) await this.#storeLocale(locale);
      this.#tries = 0;
    } catch (error) {
      this.#fail(error);
      const seconds = RETRY[Math.min(this.#tries++, RETRY.length - 1)];
      this.#timer = setTimeout(() => document.visibilityState === "visible" && this.#store(), seconds * 1000);
    } finally {
      this.#isStoring = false;
    }
  }

  async #storeLocale(locale) {
    const status = await requestOf("status", { locale });
    if (stateOf(status, locale) === "ready" && status.isNewest) return this.#show(status);
    const isOurs = locale === this.#locale && stateOf(status, locale) !== "ready"; // an update comes quietly
    const onProgress = (progress) => isOurs && progress.part === locale && this.#showProgress(progress);
    this.#show(await requestOf("store", { locale }, onProgress));
  }

  /** A page that comes back into sight after a while: a newer edition may be there, or the network again. */
  #comeBack() {
    if (document.visibilityState !== "visible") return;
    lookForUpdate().catch(() => {}); // no network: nothing new to see
    this.#store();
  }

  #showProgress({ done, total }) {
    this.#say(this.dataset.storing);
    this.#count.textContent = fill(this.dataset.count, { done, total });
    this.#progress.hidden = false;
    this.#progress.max = total;
    this.#progress.value = done;
  }

  #show(status) {
    const state = stateOf(status, this.#locale);
    document.documentElement.dataset.offline = state;
    this.#hideProgress();
    this.#switch.hidden = !status.next;
    this.#switch.textContent = this.dataset.switch;
    const update = status.next ? ` ${fill(this.dataset.update, { date: this.#day(status.next.date) })}` : "";
    const words = { ...status.parts[this.#locale], ...this.#dates(status) };
    this.#say((state === "ready" ? fill(this.dataset.ready, words) : this.dataset.checking) + update);
  }

  #fail({ failure, status }) {
    this.#hideProgress();
    if (!status) return this.#say(this.dataset.failed);
    this.#show(status);
    const words = { ...status.parts[this.#locale], ...this.#dates(status) };
    if (stateOf(status, this.#locale) !== "ready") this.#say(fill(this.dataset[failure] ?? this.dataset.failed, words));
  }

  #hideProgress() {
    this.#progress.hidden = true;
    this.#count.textContent = "";
  }

  #dates(status) {
    const languages = Object.keys(status.parts).filter((part) => stateOf(status, part) === "ready");
    return {
      date: this.#day(status.edition.date),
      time: new Date(status.checked).toLocaleTimeString(`${this.#locale}-BE`, { hour: "2-digit", minute: "2-digit" }),
      languages: languages.filter((part) => part !== "shell").join(", "),
    };
  }

  #day(date) {
    return new Date(`${date}T12:00`).toLocaleDateString(`${this.#locale}-BE`, { dateStyle: "long" });
  }

  #say(text) {
    if (this.#line.textContent !== text) this.#line.textContent = text;
  }

  async #openNext() {
    const status = await requestOf("open", { locale: this.#locale }).catch(() => null);
    if (status?.isMoved) location.reload();
    else this.#say(this.dataset.others);
  }
}

/** none, partial or ready: how much of a language is stored and checked, with what every language needs. */
function stateOf({ parts }, locale) {
  const { done, total } = parts[locale];
  if (done === total && parts.shell.done === parts.shell.total) return "ready";
  return done > 0 ? "partial" : "none";
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

customElements.define("offline-status", OfflineStatus);
