import { requestOf } from "./lib/worker.js";

/**
 * <offline-status>: brings the guide onto this device and says truthfully how far it is.
 *
 * The page drives the storing, not the worker's installation, which browsers cut short: it asks for one language
 * after the other, the reader's own first, and goes on at the next page if this one is closed.
 * Its words for each state stand in its data attributes. `<html data-offline>` says none, partial or ready.
 */
export class OfflineStatus extends HTMLElement {
  #line = this.querySelector("[role=status]");
  #progress = this.querySelector("progress");
  #switch = this.querySelector("button");
  #locale = document.documentElement.lang;
  #failure = null;

  connectedCallback() {
    if (!this.#line || !this.#progress || !this.#switch) {
      throw new Error("<offline-status> needs a status, a progress and a button");
    }
    this.#switch.addEventListener("click", () => this.#openNext());
    this.#start();
  }

  async #start() {
    if (!window.isSecureContext) return this.#say(this.dataset.insecure);
    if (!("serviceWorker" in navigator) || !("caches" in window)) return this.#say(this.dataset.unsupported);
    this.#say(this.dataset.checking);
    try {
      this.#show(await requestOf("status"));
    } catch {
      return this.#say(this.dataset.failed);
    }
    navigator.serviceWorker.addEventListener("controllerchange", () => this.#store());
    window.addEventListener("online", () => this.#store());
    await this.#store();
  }

  /** Everything this device should have, one language after the other; one page at a time does it. */
  async #store() {
    const others = navigator.connection?.saveData ? [] : this.dataset.locales.split(" ").filter(Boolean);
    for (const locale of new Set([this.#locale, ...others])) {
      await this.#alone(() => this.#storeLocale(locale));
      if (this.#failure) return;
    }
  }

  #alone(work) {
    return navigator.locks ? navigator.locks.request("guide-store", work) : work();
  }

  async #storeLocale(locale) {
    const status = await requestOf("status");
    const { done, total } = status.parts[locale];
    const isWhole = total > 0 && done === total && status.parts.shell.done === status.parts.shell.total;
    if (isWhole && status.isNewest) return this.#show(status);
    this.#failure = null;
    const onProgress = (progress) => locale === this.#locale && this.#showProgress(progress);
    try {
      this.#show(await requestOf("store", { locale }, onProgress));
    } catch (error) {
      this.#failure = error.failure ?? "failed";
      if (error.status) this.#show(error.status);
      else this.#say(this.dataset.failed);
    }
  }

  #showProgress({ done, total }) {
    if (document.documentElement.dataset.offline === "ready") return; // an update comes quietly
    this.#say(fill(this.dataset.storing, { done, total }));
    this.#progress.hidden = false;
    this.#progress.max = total;
    this.#progress.value = done;
  }

  #show(status) {
    const state = stateOf(status, this.#locale);
    document.documentElement.dataset.offline = state;
    this.#progress.hidden = true;
    this.#switch.hidden = !status.next;
    const words = { ...status.parts[this.#locale], ...this.#dates(status) };
    if (status.next) {
      this.#say(fill(this.dataset.update, { date: this.#day(status.next.date) }));
      this.#switch.textContent = this.dataset.switch;
    } else if (state === "ready") {
      this.#say(fill(this.dataset.ready, words));
    } else if (this.#failure) {
      this.#say(fill(this.dataset[this.#failure] ?? this.dataset.failed, words));
    } else {
      this.#say(this.dataset.checking);
    }
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
    await requestOf("open");
    location.reload();
  }
}

/** none, partial or ready: how much of a language is stored and checked, with what every language needs. */
function stateOf({ parts }, locale) {
  const { done, total } = parts[locale];
  const isReady = total > 0 && done === total && parts.shell.done === parts.shell.total;
  if (isReady) return "ready";
  return done > 0 ? "partial" : "none";
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

customElements.define("offline-status", OfflineStatus);
