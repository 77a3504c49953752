import { chosenLocale } from "./lib/storage.js";
import { need } from "./lib/need.js";

const LONG = 70; // letters above which a sentence is shown smaller, so that it needs no scrolling
const VERY_LONG = 160;

/**
 * <person-cards>: one sentence on the whole screen, before and after it, and read aloud by a voice of this device.
 * It also says whose words stand beneath the sentences: those of the address (#nl), else of the language chosen before.
 */
export class PersonCards extends HTMLElement {
  #dialog = this.querySelector("dialog");
  #cards = [...this.querySelectorAll(".person-cards__card")];
  #at = 0;
  #voice = null;
  #gone = new AbortController();

  connectedCallback() {
    need(this, { dialog: this.#dialog, cards: this.#cards });
    this.#chooseReader();
    const { signal } = this.#gone;
    addEventListener("hashchange", () => this.#chooseReader(), { signal });
    addEventListener("pagehide", hush, { signal }); // some browsers go on speaking when the page is left
    this.#cards.forEach((card, at) => {
      card.querySelector(".person-cards__show").hidden = false;
      card.addEventListener("click", (event) => event.target.closest("a") || this.#open(at));
    });
    this.#dialog.addEventListener("click", (event) => {
      const button = event.target.closest("[data-action]");
      if (button) this.#actions[button.dataset.action]();
    });
    this.#dialog.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step) this.#show(this.#at + (this.dataset.direction === "rtl" ? -step : step));
    });
    this.#dialog.addEventListener("close", () => {
      hush();
      this.#cards[this.#at].querySelector(".person-cards__show").focus();
    });
    this.#findVoice();
    window.speechSynthesis?.addEventListener?.("voiceschanged", () => this.#findVoice(), { signal });
  }

  disconnectedCallback() {
    this.#gone.abort();
    hush();
  }

  #actions = {
    close: () => this.#dialog.close(),
    previous: () => this.#show(this.#at - 1),
    next: () => this.#show(this.#at + 1),
    speak: () => this.#speak(),
  };

  #chooseReader() {
    const known = [...document.querySelectorAll(".language-switch [id]")].map(({ id }) => id);
    const wanted = [location.hash.slice(1), chosenLocale(), ...navigator.languages.map((tag) => tag.split("-")[0])];
    // Another anchor, such as that of a card, changes nothing.
    const root = document.documentElement;
    const found = known.includes(wanted[0]) ? wanted[0] : (root.dataset.reader ?? wanted.find((each) => known.includes(each)));
    root.dataset.reader = found ?? known[0];
    for (const link of document.querySelectorAll(".language-switch [lang]")) {
      if (link.lang === root.dataset.reader) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  #open(at) {
    this.#dialog.showModal();
    this.#show(at);
  }

  #show(at) {
    if (at < 0 || at >= this.#cards.length) return;
    hush();
    this.#at = at;
    const own = this.#cards[at].querySelector(".person-cards__own");
    const shown = this.#dialog.querySelector(".person-cards__shown");
    shown.replaceChildren(...own.cloneNode(true).childNodes);
    const length = [...own.textContent].reduce((sum, letter) => sum + (letter >= "\u2e80" ? 2 : 1), 0); // Chinese letters are wide
    shown.dataset.length = length > VERY_LONG ? "very-long" : length > LONG ? "long" : "short";
    const readers = [...this.#cards[at].querySelectorAll(".person-cards__reader")];
    this.#dialog.querySelector(".person-cards__meaning").replaceChildren(...readers.map((each) => each.cloneNode(true)));
    this.#button("previous").disabled = at === 0;
    this.#button("next").disabled = at === this.#cards.length - 1;
    this.#dialog.scrollTop = 0;
    shown.focus();
  }

  #button(action) {
    return this.#dialog.querySelector(`[data-action=${action}]`);
  }

  /** Only voices on this device: another one would send the sentence to somebody's server. */
  #findVoice() {
    const here = (window.speechSynthesis?.getVoices() ?? []).filter((voice) => voice.localService);
    const speaks = (voice, tag) => `${voice.lang.replace("_", "-").toLowerCase()}-`.startsWith(`${tag.toLowerCase()}-`);
    const tags = this.dataset.voices.split(" ").filter(Boolean);
    this.#voice = tags.map((tag) => here.find((voice) => speaks(voice, tag))).find(Boolean) ?? null;
    this.#button("speak").hidden = !this.#voice;
  }

  #speak() {
    const words = new SpeechSynthesisUtterance(this.#dialog.querySelector(".person-cards__shown").textContent);
    words.voice = this.#voice;
    words.lang = this.#voice.lang;
    words.rate = 0.9;
    hush();
    window.speechSynthesis.speak(words);
  }
}

function hush() {
  window.speechSynthesis?.cancel();
}

customElements.define("person-cards", PersonCards);
