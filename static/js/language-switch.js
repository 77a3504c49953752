import { rememberLocale } from "./lib/storage.js";

/** <language-switch>: remembers the language whose link the reader takes. */
export class LanguageSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("[data-locale]");
      if (link) rememberLocale(link.dataset.locale);
    });
  }
}

customElements.define("language-switch", LanguageSwitch);
