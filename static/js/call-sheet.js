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
  #outcome = this.querySelector("[role=status]");

  connectedCallback() {
    need(this, { form: this.#form, dialog: this.#dialog, outcome: this.#outcome });
    this.addEventListener("input", ({ target }) => target.name && notes.noteField(target.name, target.value));
    this.addEventListener("click", ({ target }) => this.#act(target.closest("[data-action]")));
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    notes.addEventListener("change", this.#show);
    // The browser's own ways to close: Escape, the back gesture. It tells later, when it may be open again.
    this.#dialog.addEventListener("close", () => this.#dialog.open || this.#putAway());
    this.querySelector("[data-action=share]").hidden = !navigator.share;
    this.querySelector("[data-action=copy]").hidden = !navigator.clipboard;
    this.querySelector(".call-sheet__actions").hidden = false;
    this.#show();
  }

  disconnectedCallback() {
    notes.removeEventListener("change", this.#show);
  }

  #show = () => {
    for (const field of this.#form.elements) {
      if (field.name && field.value !== notes.field(field.name)) field.value = notes.field(field.name);
    }
    this.#list("signs", [...notes.signs], ([name, words]) => [words, this.#remover(name)]);
    this.#list("answers", notes.answers, ({ question, answer }) => [`${question} – ${answer}`]);
    const { path, title } = notes.outcome ?? {};
    const end = this.querySelector(".call-sheet__end");
    end.hidden = !path;
    if (path) Object.assign(end.querySelector("a"), { href: path, textContent: title });
    this.querySelector(".call-sheet__danger").hidden = notes.field("danger") !== "yes";
    if (notes.isEmpty) this.#putAway(); // also when it was erased while it was read
  };

  /** Closes what is read out, and takes the sentences away at once. */
  #putAway = () => {
    this.#dialog.close();
    this.#dialog.querySelector(".call-sheet__read").replaceChildren();
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

  #remover(name) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "call-sheet__remove", textContent: this.dataset.remove });
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
      const sentences = this.#sentences();
      const lines = sentences.map((text) => Object.assign(document.createElement("p"), { textContent: text }));
      this.#dialog.querySelector(".call-sheet__read").replaceChildren(...lines);
      const seconds = (sentences.join(" ").split(/\s+/).length / A_MINUTE) * 60;
      this.#dialog.querySelector(".call-sheet__long").hidden = seconds <= TIME;
      this.#dialog.showModal();
      this.#dialog.scrollTop = 0;
    },
    close: this.#putAway,
    copy: async () => {
      await navigator.clipboard.writeText(this.#sentences().join("\n"));
      return this.dataset.copied;
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
