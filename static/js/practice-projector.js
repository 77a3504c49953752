import { need } from "./lib/need.js";

const FORWARD = ["ArrowRight", "PageDown"];
const BACK = ["ArrowLeft", "PageUp"];

/** <practice-projector>: puts a scene, a conversation or a session on a wall: large, without the frame, gone through with keys. */
export class PracticeProjector extends HTMLElement {
  #button = this.querySelector("button");

  connectedCallback() {
    need(this, { button: this.#button });
    this.hidden = false;
    this.#button.addEventListener("click", () => this.#project(!isProjecting()));
    document.addEventListener("keydown", this.#press);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#press);
    this.#project(false);
  }

  #press = (event) => {
    if (!isProjecting() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.#project(false);
    else if (FORWARD.includes(event.key)) step(event, 1);
    else if (BACK.includes(event.key)) step(event, -1);
  };

  #project(isOn) {
    document.documentElement.toggleAttribute("data-projecting", isOn);
    this.#button.setAttribute("aria-pressed", String(isOn));
    if (isOn) document.querySelector("h1").scrollIntoView();
  }
}

function isProjecting() {
  return "projecting" in document.documentElement.dataset;
}

/** Forward: the story's button, else the next part; back: the part before. */
function step(event, by) {
  const on = document.querySelector(".practice__on:not([hidden]) [data-action=on]");
  event.preventDefault();
  if (by > 0 && on) return on.click();
  const parts = [...document.querySelectorAll("h1, .practice__moment, .practice__turn:not([hidden]), .practice__end, .talk-plan__phase")];
  const visible = parts.filter((part) => part.getClientRects().length > 0);
  const top = (part) => part.getBoundingClientRect().top;
  const next = by > 0 ? visible.find((part) => top(part) > 20) : visible.filter((part) => top(part) < -20).at(-1);
  next?.scrollIntoView();
}

// What is folded is printed too.
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("practice-scene details:not([open]), practice-conversation details:not([open])")) {
    details.dataset.printed = "";
    details.open = true;
  }
});

window.addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("details[data-printed]")) {
    delete details.dataset.printed;
    details.open = false;
  }
});

customElements.define("practice-projector", PracticeProjector);
