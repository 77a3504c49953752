import { fill } from "./lib/writing.js";
import { noteDone, readOut } from "./lib/practice.js";
import { need } from "./lib/need.js";

/**
 * <practice-scene>: a story that goes on moment by moment; what the reader says struck them is noted until the end, where
 * the timeline tells what was there, what was noticed and what was passed by. Without scripts all of it can be read.
 */
export class PracticeScene extends HTMLElement {
  #moments = [...this.querySelectorAll(".practice__moment")];
  #on = this.querySelector("[data-action=on]");
  #end = this.querySelector(".practice__end");
  #status = this.querySelector("[role=status]");
  #at = 0;

  connectedCallback() {
    need(this, { on: this.#on, end: this.#end, status: this.#status, moments: this.#moments });
    this.#moments.slice(1).forEach((moment) => (moment.hidden = true));
    this.#end.hidden = true;
    this.#on.parentElement.hidden = false;
    this.#on.addEventListener("click", () => this.#goOn());
    readOut(this, this.#status);
    this.addEventListener("toggle", ({ target }) => this.#note(target), { capture: true });
  }

  /** What the reader said stays said when it is folded again; what is unfolded for paper was not said. */
  #note({ open, dataset }) {
    if (open && !("printed" in dataset)) dataset.said = "";
  }

  #goOn() {
    this.toggleAttribute("data-in-use", true); // no new edition in the middle of a story
    this.#at += 1;
    if (this.#at === this.#moments.length) return this.#finish();
    const moment = this.#moments[this.#at];
    moment.hidden = false;
    moment.tabIndex = -1;
    moment.focus();
    if (this.#at === this.#moments.length - 1) this.#on.textContent = this.#on.dataset.end;
  }

  #finish() {
    for (const place of this.#end.querySelectorAll("[data-moment]")) {
      const opened = [...this.querySelectorAll(`#${CSS.escape(place.dataset.moment)} .practice__choice[data-said] summary`)];
      const said = opened.map((summary) => `‘${summary.textContent.replace(/\.$/, "")}’`).join(", ");
      const line = place.querySelector(".practice__noted");
      if (said) line.textContent = fill(`${this.dataset.noticed} {said}.`, { said });
      else line.textContent = "there" in place.dataset ? this.dataset.missed : "";
      line.hidden = line.textContent === "";
    }
    this.#on.parentElement.hidden = true;
    this.#end.hidden = false;
    this.#end.open = true;
    this.#end.querySelector("summary").focus();
    this.toggleAttribute("data-in-use", false);
    noteDone(this.dataset.slug);
  }
}

customElements.define("practice-scene", PracticeScene);
