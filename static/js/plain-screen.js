import { notes } from "./lib/notes.js";
import { need } from "./lib/need.js";

const TIMES = 3;
const WITHIN = 2000; // ms for all of them: who types capitals does not leave by accident

/** <plain-screen>: its link, or Shift three times, puts the plain page in the place of this one in the history. */
export class PlainScreen extends HTMLElement {
  #presses = [];

  connectedCallback() {
    need(this, { link: this.querySelector("a[href]") });
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link) return;
      event.preventDefault();
      leaveTo(link);
    });
    document.addEventListener("keydown", this.#press);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#press);
  }

  #press = ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    this.#presses = key === "Shift" ? [...this.#presses.filter((each) => timeStamp - each < WITHIN), timeStamp] : [];
    if (this.#presses.length < TIMES) return;
    // Of the links in four languages one is shown; in a closed dialog none is, and another element goes.
    const link = [...this.querySelectorAll("a[href]")].find((each) => each.getClientRects().length > 0);
    if (link) leaveTo(link);
  };
}

/** At once: nothing may ask first. */
function leaveTo(link) {
  notes.erase();
  window.speechSynthesis?.cancel();
  location.replace(link.href);
}

customElements.define("plain-screen", PlainScreen);
