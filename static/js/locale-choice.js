import { chosenLocale, rememberLocale } from "./lib/storage.js";
import { need } from "./lib/need.js";

/** <locale-choice>: goes on to the language chosen before, or to the browser's; its links are the way without scripts. */
export class LocaleChoice extends HTMLElement {
  connectedCallback() {
    const links = [...this.querySelectorAll("[data-locale]")];
    need(this, { links });
    for (const link of links) {
      link.addEventListener("click", () => rememberLocale(link.dataset.locale));
    }
    const wanted = [chosenLocale(), ...navigator.languages.map((tag) => tag.split("-")[0])];
    const found = wanted.flatMap((locale) => links.filter((link) => link.dataset.locale === locale))[0];
    if (found) location.replace(found.href);
  }
}

customElements.define("locale-choice", LocaleChoice);
