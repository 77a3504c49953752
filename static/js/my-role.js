import { chooseRole, myRole } from "./lib/storage.js";
import { need } from "./lib/need.js";

/**
 * <my-role>: the role the reader chose, once, on this device. With `data-role` it stands on a role card and takes or
 * forgets that role. Elsewhere it puts what is for that role first (`data-roles` on the items of a list), says so, and
 * hides nothing.
 */
export class MyRole extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (this.dataset.role) {
      need(this, { button });
      button.addEventListener("click", () => this.#toggle());
      this.hidden = false;
    }
    window.addEventListener("pageshow", this.#show); // “back” may bring a page from before the choice
    this.#show();
  }

  disconnectedCallback() {
    window.removeEventListener("pageshow", this.#show);
  }

  #toggle() {
    const role = myRole() === this.dataset.role ? null : this.dataset.role;
    chooseRole(role);
    this.#show();
    if (myRole() !== role) this.querySelector("[role=status]").textContent = this.dataset.refused;
  }

  #show = () => {
    const role = myRole();
    if (this.dataset.role) {
      const isMine = role === this.dataset.role;
      this.querySelector("button").setAttribute("aria-pressed", String(isMine));
      this.querySelector("[role=status]").textContent = isMine ? this.dataset.chosen : "";
      return;
    }
    for (const mark of this.querySelectorAll(".my-role__mark")) mark.remove();
    for (const list of this.querySelectorAll("ul")) this.#order(list, role);
  };

  #order(list, role) {
    const items = [...list.children];
    const mine = role ? items.filter(({ dataset }) => dataset.roles?.split(" ").includes(role)) : [];
    for (const item of items) item.classList.toggle("my-role__mine", mine.includes(item));
    list.prepend(...mine);
    for (const link of mine.map((item) => item.querySelector("a"))) {
      const mark = Object.assign(document.createElement("small"), { className: "my-role__mark", textContent: this.dataset.mine });
      (link.querySelector("span") ?? link).prepend(mark);
    }
  }
}

customElements.define("my-role", MyRole);
