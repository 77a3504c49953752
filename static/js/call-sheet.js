import { fill } from "./lib/writing.js";
import { notes } from "./lib/notes.js";
import { myRole } from "./lib/storage.js";
import { need } from "./lib/need.js";

const A_MINUTE = 150; // words that one says calmly
const TIME = 45; // seconds a listener takes in at once

/**
 * <call-sheet>: what to say on the telephone, put together from the fields, the ticked signs and the answers of “next
 * step”; to read out, to copy, to share, to print. Each field carries the sentence it becomes. Nothing is stored.
 */
export class CallSheet extends HTMLElement {
  #form = this.querySelector("form");
  #dialog = this.querySelector("dialog");
  #outcome = this.querySelector(".call-sheet__outcome");

  connectedCallback() {
    need(this, { form: this.#form, dialog: this.#dialog, outcome: this.#outcome });
    this.#takeOver();
    this.addEventListener("input", ({ target }) => this.#note(target));
    this.addEventListener("click", ({ target }) => this.#act(target.closest("[data-action]")));
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    notes.addEventListener("change", this.#show);
    notes.addEventListener("expire", this.#tell);
    window.addEventListener("beforeprint", this.#write);
    window.addEventListener("afterprint", this.#tidy);
    this.#dialog.addEventListener("close", this.#tidy);
    this.querySelector("[data-action=share]").hidden = !navigator.share;
    this.querySelector("[data-action=copy]").hidden = !navigator.clipboard;
    this.querySelector(".call-sheet__actions").hidden = false;
    this.#show();
  }

  disconnectedCallback() {
    notes.removeEventListener("change", this.#show);
    notes.removeEventListener("expire", this.#tell);
    window.removeEventListener("beforeprint", this.#write);
    window.removeEventListener("afterprint", this.#tidy);
  }

  /** What was filled in before the script came. */
  #takeOver() {
    for (const { name, value } of this.#form.elements) if (name && value && !notes.field(name)) notes.noteField(name, value);
  }

  #note({ name, value }) {
    if (!name) return;
    this.#outcome.textContent = "";
    notes.noteField(name, value);
  }

  #tell = () => (this.#outcome.textContent = this.dataset.erased);

  #show = () => {
    for (const field of this.#form.elements) {
      if (field.name && field.value !== notes.field(field.name)) field.value = notes.field(field.name);
    }
    this.#list("signs", [...notes.signs], ([name, words]) => [words, this.#remover(name, words)]);
    this.#list("answers", notes.answers, ({ question, answer }) => [`${question} – ${answer}`]);
    const { path, title } = notes.outcome ?? {};
    const end = this.querySelector(".call-sheet__end");
    end.hidden = !path;
    if (path) Object.assign(end.querySelector("a"), { href: path, textContent: title });
    for (const line of this.querySelectorAll(".call-sheet__danger")) line.hidden = notes.field("danger") !== "yes";
    this.toggleAttribute("data-filled", !notes.isEmpty);
    if (notes.isEmpty) this.#putAway(); // also when it was erased while it was read
  };

  /** Closes what is read out, and takes the sentences away at once. */
  #putAway = () => {
    this.#dialog.close();
    for (const part of this.querySelectorAll(".call-sheet__read")) part.replaceChildren();
  };

  /** After paper, and after the browser's own ways to close (Escape, “back”), of which it tells when it may be open again. */
  #tidy = () => this.#dialog.open || this.#putAway();

  /** The sentences into the places for them: the dialog, and the paper. */
  #write = () => {
    for (const part of notes.isEmpty ? [] : this.querySelectorAll(".call-sheet__read")) {
      part.replaceChildren(...this.#sentences().map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    }
  };

  #list(name, items, contentOf) {
    const list = this.querySelector(`[data-list=${name}]`);
    list.replaceChildren(
      ...items.map((item) => {
        const line = document.createElement("li");
        line.append(...contentOf(item));
        return line;
      }),
    );
    list.nextElementSibling.hidden = items.length > 0; // what to do to fill it
  }

  #remover(name, words) {
    const button = document.createElement("button");
    const { remove } = this.dataset;
    Object.assign(button, { type: "button", className: "call-sheet__remove", textContent: remove });
    button.setAttribute("aria-label", `${remove}: ${words}`);
    Object.assign(button.dataset, { action: "remove", sign: name });
    return button;
  }

  /** The sentences, in the order of the form. */
  #sentences() {
    const role = this.querySelector(`[data-role="${myRole() ?? ""}"]`)?.dataset.says;
    const signs = [...notes.signs.values()].map((words) => words.replace(/[.!]$/, "")).join("; ");
    const said = [this.dataset.begin, role];
    for (const part of this.#form.querySelectorAll("input, textarea, select, [data-list=signs]")) {
      if (part.dataset.list) said.push(signs && fill(this.dataset.signs, { value: signs }));
      else if (part.options) said.push(part.selectedOptions[0].dataset.says);
      else said.push(part.value.trim() && fill(part.dataset.says, { value: part.value.trim().replace(/\.$/, "") }));
    }
    return [...said.filter(Boolean), this.dataset.ask];
  }

  async #act(button) {
    const action = button && this.#actions[button.dataset.action];
    if (action) this.#outcome.textContent = (await action(button)) ?? "";
  }

  #actions = {
    remove: ({ dataset }) => {
      notes.noteSign(dataset.sign, null);
      this.querySelector("[data-list=signs]").focus();
    },
    read: () => {
      this.#write();
      const seconds = (this.#sentences().join(" ").split(/\s+/).length / A_MINUTE) * 60;
      this.#dialog.querySelector(".call-sheet__long").hidden = seconds <= TIME;
      this.#dialog.showModal();
      this.#dialog.scrollTop = 0;
    },
    close: this.#putAway,
    copy: async () => {
      const copying = navigator.clipboard.writeText(this.#sentences().join("\n"));
      return copying.then(() => this.dataset.copied, () => this.dataset.refused);
    },
    share: async () => {
      await navigator.share({ text: this.#sentences().join("\n") }).catch(() => {}); // taken back by the reader
    },
    print: () => window.print(),
    erase: () => {
      notes.erase();
      this.querySelector("h2, label").scrollIntoView({ block: "nearest" });
      return this.dataset.erased;
    },
  };
}

customElements.define("call-sheet", CallSheet);
