import { forgetPractice, myRole, practiceOf } from "./lib/storage.js";
import { need } from "./lib/need.js";

/** <practice-index>: opens the reader's own work, marks what was done, and brings back what was missed. */
export class PracticeIndex extends HTMLElement {
  #forget = this.querySelector(".practice-index__forget");

  connectedCallback() {
    need(this, { forget: this.#forget });
    const mine = this.querySelector(`details[data-role="${myRole() ?? ""}"]`);
    if (mine) {
      mine.parentElement.querySelector("details").before(mine);
      mine.open = true;
    }
    this.#forget.addEventListener("click", () => {
      forgetPractice();
      this.#show();
      const status = this.querySelector("[role=status]:last-of-type");
      status.textContent = this.dataset.erased;
      status.focus();
    });
    window.addEventListener("pageshow", this.#show);
    this.#show();
  }

  disconnectedCallback() {
    window.removeEventListener("pageshow", this.#show);
  }

  #show = () => {
    const { done, again } = practiceOf();
    for (const link of this.querySelectorAll("[data-slug]")) {
      link.querySelector("small")?.remove();
      if (done.includes(link.dataset.slug)) {
        link.append(Object.assign(document.createElement("small"), { textContent: ` (${this.dataset.done})` }));
      }
    }
    const checks = [...this.querySelectorAll("[data-check]")]; // not each that was missed is in this edition
    for (const item of checks) item.hidden = !again.includes(item.dataset.check);
    this.querySelector(".practice-index__again").hidden = checks.every((item) => item.hidden);
    this.#forget.hidden = done.length + again.length === 0;
  };
}

customElements.define("practice-index", PracticeIndex);
