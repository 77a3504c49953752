import { noteCheck, noteDone, readOut } from "./lib/practice.js";
import { need } from "./lib/need.js";

/**
 * <practice-checks>: the first option opened is the answer; a check that was not right at once comes back on the page of
 * practice. Every option keeps its reason. The page is done when each check has an answer.
 */
export class PracticeChecks extends HTMLElement {
  #status = this.querySelector("[role=status]");
  #answered = new Set();

  connectedCallback() {
    need(this, { status: this.#status });
    readOut(this, this.#status);
    this.addEventListener("toggle", ({ target }) => this.#answer(target), { capture: true });
  }

  #answer(details) {
    if (!details.open || !details.matches(".practice__choice")) return;
    const check = details.closest(".practice__check");
    if (this.#answered.has(check.id)) return;
    this.#answered.add(check.id);
    noteCheck(`${this.dataset.slug}/${check.id}`, details.closest("[data-kind]").dataset.kind === "right");
    if (this.#answered.size === this.querySelectorAll(".practice__check").length) noteDone(this.dataset.slug);
  }
}

customElements.define("practice-checks", PracticeChecks);
