/** <plain-clock>: the time of day and the day. */
export class PlainClock extends HTMLElement {
  #timer = null;

  connectedCallback() {
    this.#show();
    this.#timer = setInterval(() => this.#show(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  #show() {
    const now = new Date();
    const locale = `${document.documentElement.lang}-BE`;
    this.querySelector(".plain-clock__time").textContent = now.toLocaleTimeString(locale, { timeStyle: "short" });
    this.querySelector(".plain-clock__day").textContent = now.toLocaleDateString(locale, { dateStyle: "full" });
  }
}

customElements.define("plain-clock", PlainClock);
