import { noteDone, readOut } from "./lib/practice.js";
import { need } from "./lib/need.js";

/** <practice-conversation>: one turn at a time. The address does not tell which; without scripts the turns stand below one another. */
export class PracticeConversation extends HTMLElement {
  #turns = [...this.querySelectorAll(".practice__turn")];
  #status = this.querySelector("[role=status]");

  connectedCallback() {
    need(this, { status: this.#status, turns: this.#turns });
    this.addEventListener("click", (event) => this.#follow(event));
    readOut(this, this.#status);
    this.#show(this.#turns[0]);
  }

  #follow(event) {
    const link = event.target.closest("a[href^='#turn-']");
    if (!link) return;
    event.preventDefault();
    const turn = this.querySelector(link.getAttribute("href"));
    for (const details of turn.querySelectorAll("details")) details.open = false;
    this.#show(turn);
    turn.focus();
    this.toggleAttribute("data-in-use", turn !== this.#turns[0] && !turn.dataset.ends);
    if (turn.dataset.ends) noteDone(this.dataset.slug);
  }

  #show(turn) {
    for (const each of this.#turns) each.hidden = each !== turn;
  }
}

customElements.define("practice-conversation", PracticeConversation);
