import { fold } from "./lib/text.js";
import { fill } from "./lib/writing.js";
import { need } from "./lib/need.js";

/** <card-index>: a field that leaves the languages whose own name, name here or other names hold what is typed. */
export class CardIndex extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const count = this.querySelector("[role=status]");
    const rows = [...this.querySelectorAll("[data-names]")];
    need(this, { field, count, rows });
    this.querySelector(".card-index__field").hidden = false;
    field.addEventListener("input", () => {
      const wanted = fold(field.value.trim());
      for (const row of rows) row.hidden = !fold(row.dataset.names).includes(wanted);
      const shown = rows.filter((row) => !row.hidden).length;
      count.textContent = shown ? fill(this.dataset.some, { count: shown }) : this.dataset.none;
    });
  }
}

customElements.define("card-index", CardIndex);
