import { notes } from "./lib/notes.js";
import { need } from "./lib/need.js";

/**
 * <sign-ticks>: a box at each sign of its list, and the way to the call sheet once one is ticked. No number, no colour:
 * signs are no score. Without scripts the list is a list.
 */
export class SignTicks extends HTMLElement {
  #way = this.querySelector(".sign-ticks__way");

  connectedCallback() {
    need(this, { way: this.#way });
    for (const sign of this.querySelectorAll("[data-sign]")) this.#addBox(sign);
    this.#renew();
    this.addEventListener("change", ({ target }) => this.#note(target));
    notes.addEventListener("change", this.#show);
    this.#show();
  }

  disconnectedCallback() {
    notes.removeEventListener("change", this.#show);
  }

  #addBox(sign) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", autocomplete: "off" });
    box.setAttribute("aria-label", `${this.dataset.label}: ${wordsOf(sign)}`);
    const label = document.createElement("label");
    label.className = "sign-ticks__tick";
    label.append(box, ` ${this.dataset.label}`);
    sign.append(label);
  }

  #note(box) {
    const sign = box.closest("[data-sign]");
    notes.noteSign(sign.dataset.sign, box.checked ? wordsOf(sign) : null);
  }

  /** What was ticked in another language goes on in this one. */
  #renew() {
    for (const sign of this.querySelectorAll("[data-sign]")) {
      if (notes.signs.has(sign.dataset.sign)) notes.noteSign(sign.dataset.sign, wordsOf(sign));
    }
  }

  #show = () => {
    for (const sign of this.querySelectorAll("[data-sign]")) {
      sign.querySelector("input").checked = notes.signs.has(sign.dataset.sign);
    }
    this.#way.hidden = notes.signs.size === 0;
  };
}

function wordsOf(sign) {
  return sign.querySelector(".sign-list__what").textContent.replace(/\s+/g, " ").trim();
}

customElements.define("sign-ticks", SignTicks);
