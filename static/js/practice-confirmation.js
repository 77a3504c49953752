import { myRole, practiceOf } from "./lib/storage.js";
import { writeDay } from "./lib/writing.js";

/** <practice-confirmation>: fills in the reader's work, the day and what was done on this device; the name is for the hand. */
export class PracticeConfirmation extends HTMLElement {
  connectedCallback() {
    const { done } = practiceOf();
    const role = this.querySelector(`[data-role="${myRole() ?? ""}"]`);
    if (role) role.hidden = false;
    const today = new Date().toLocaleDateString("sv"); // 2026-11-21, in the time of this place
    this.querySelector("[data-fact=date]").textContent = writeDay(today, document.documentElement.lang);
    const parts = [...this.querySelectorAll("[data-slug]")];
    for (const part of parts) part.hidden = !done.includes(part.dataset.slug);
    this.querySelector(".confirmation__none").hidden = !parts.every((part) => part.hidden);
    const print = this.querySelector(".confirmation__print");
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
}

customElements.define("practice-confirmation", PracticeConfirmation);
