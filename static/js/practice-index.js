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
      this.querySelector("[role=status]:last-of-type").textContent = this.dataset.erased;
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
    for (const item of this.querySelectorAll("[data-check]")) item.hidden = !again.includes(item.dataset.check);
    this.querySelector(".practice-index__again").hidden = again.length === 0;
    this.#forget.hidden = done.length + again.length === 0;
  };
}

customElements.define("practice-index", PracticeIndex);
