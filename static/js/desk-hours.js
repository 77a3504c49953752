import { changeAfter, everyMinute, openingAt } from "./lib/hours.js";
import { fill } from "./lib/writing.js";

/** <desk-hours>: for readers in another time zone, which desk in Belgium answers now, until when or from when, by their clock. */
export class DeskHours extends HTMLElement {
  #locale = document.documentElement.lang;
  #gone = null;

  connectedCallback() {
    this.#gone = new AbortController();
    this.#show();
    everyMinute(() => this.#show(), this.#gone.signal);
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  #show() {
    const now = new Date();
    const time = this.querySelector(".desk-hours__now");
    time.textContent = fill(time.dataset.words, { belgium: this.#time(now, "Europe/Brussels"), here: this.#time(now) });
    for (const desk of this.querySelectorAll("[data-hours]")) {
      const isOpen = openingAt(desk.dataset.hours, now);
      const change = changeAfter(desk.dataset.hours, now);
      const line = desk.querySelector(".desk-hours__state");
      if (isOpen === null) line.textContent = "";
      else if (!change) line.textContent = this.dataset.always;
      else line.textContent = fill(isOpen ? this.dataset.open : this.dataset.closed, { time: this.#time(change) });
    }
  }

  #time(moment, timeZone) {
    const day = { weekday: "long", hour: "2-digit", minute: "2-digit", timeZone };
    return new Intl.DateTimeFormat(`${this.#locale}-BE`, day).format(moment);
  }
}

customElements.define("desk-hours", DeskHours);
