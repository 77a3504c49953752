import { newsOf, rememberNews } from "./lib/storage.js";

/**
 * <whats-new>: shows the entries that are newer than what this device saw before, once, and critical ones until they
 * were opened. A device that opens the guide for the first time has missed nothing. With `data-read` it stands on the
 * page of an entry and notes that this one was opened.
 */
export class WhatsNew extends HTMLElement {
  connectedCallback() {
    window.addEventListener("pageshow", this.#update);
    this.#update();
  }

  disconnectedCallback() {
    window.removeEventListener("pageshow", this.#update);
  }

  #update = ({ persisted = true } = {}) => {
    if (!persisted) return; // a page that is opened was told already
    const { seen, unread } = newsOf();
    if (this.dataset.read) {
      rememberNews({ seen, unread: unread.filter((name) => name !== this.dataset.read) });
      return;
    }
    const entries = [...this.querySelectorAll("[data-since]")];
    const newest = entries.map((entry) => entry.dataset.since).sort().at(-1) ?? "";
    const isNew = (entry) => seen !== null && entry.dataset.since > seen;
    const missed = entries.filter((entry) => isNew(entry) && "critical" in entry.dataset);
    const stillUnread = new Set([...unread, ...missed.map((entry) => entry.dataset.name)]);
    for (const entry of entries) entry.hidden = !isNew(entry) && !stillUnread.has(entry.dataset.name);
    this.hidden = entries.every((entry) => entry.hidden);
    rememberNews({ seen: newest, unread: [...stillUnread] });
  };
}

customElements.define("whats-new", WhatsNew);
