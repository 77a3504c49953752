import { notes } from "./lib/notes.js";

/**
 * <next-step>: notes the answer whose link the reader takes, and where the questions ended, for the call sheet.
 * The way back shows the answer given before. Without scripts the links are links.
 */
export class NextStep extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", ({ target }) => this.#note(target.closest(".next-step__answer")));
    notes.addEventListener("change", this.#show);
    if ("outcome" in this.dataset && notes.answers.at(-1)?.to === location.pathname) {
      notes.noteOutcome(location.pathname, document.querySelector("h1").textContent);
    }
    this.#show();
  }

  disconnectedCallback() {
    notes.removeEventListener("change", this.#show);
  }

  #note(link) {
    if (link) notes.noteAnswer(this.dataset.question, this.dataset.asks, link.textContent.trim(), link.pathname);
  }

  #show = () => {
    const given = notes.answers.find(({ name }) => name === this.dataset.question)?.answer;
    for (const link of this.querySelectorAll(".next-step__answer")) {
      if (link.textContent.trim() === given) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const way = this.querySelector(".next-step__sheet");
    if (way) way.hidden = notes.outcome === null;
  };
}

customElements.define("next-step", NextStep);
