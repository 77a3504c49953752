import { closedLast, everyMinute, openingAt } from "./lib/hours.js";
import { myRole } from "./lib/storage.js";
import { fill } from "./lib/writing.js";
import { need } from "./lib/need.js";

/**
 * <who-to-call>: four answers, and the first row of the page's list of decisions that fits them, with what is closed now
 * moved behind what is open. The rows are in the page; nothing is decided here that is not written there. The answers
 * live in the form only.
 */
export class WhoToCall extends HTMLElement {
  #form = this.querySelector("form");
  #status = this.querySelector("[role=status]");
  #answer = this.querySelector(".who-to-call__answer");
  #rows = [...document.querySelectorAll(".call-decisions__row")];
  #gone = new AbortController();

  connectedCallback() {
    need(this, { form: this.#form, status: this.#status, answer: this.#answer, rows: this.#rows });
    for (const option of this.#form.elements.role.options) option.defaultSelected = option.value === (myRole() ?? "");
    this.#form.reset(); // some browsers fill in again what a reader before chose
    this.addEventListener("change", () => this.#show());
    this.addEventListener("click", ({ target }) => this.#choose(target.closest("[data-name]")));
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    const { signal } = this.#gone;
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#forget(), { signal });
    this.#show();
    everyMinute(() => this.#show(), signal); // a desk may close while its number is looked at
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  #choose(tile) {
    if (!tile || !this.#form.contains(tile)) return;
    this.#form.elements.place.value = tile.dataset.name;
    this.#form.querySelector("details").open = false;
    this.#form.elements.place.focus();
    this.#show();
  }

  #forget() {
    this.#form.reset();
    this.#show();
  }

  #show() {
    const answers = Object.fromEntries(new FormData(this.#form));
    const isKnown = answers.danger === "true" || (answers.role && answers.place && answers.person);
    const row = isKnown ? this.#rows.find((each) => fits(each, answers)) : null;
    const made = document.createElement("div");
    if (row) made.append(this.#copy(row), ...this.#channels(answers.role));
    if (made.innerHTML !== this.#answer.innerHTML) this.#answer.replaceChildren(...made.childNodes); // else the focus stays
    const name = this.#answer.querySelector(".call-decisions__name")?.textContent;
    this.#say(name ? fill(this.#status.dataset.first, { name }) : this.#status.dataset.waiting);
  }

  #copy(row) {
    const copy = document.createElement("div");
    copy.className = "call-decisions__row";
    copy.dataset.rule = row.dataset.rule;
    copy.append(...[...row.children].slice(1).map((part) => part.cloneNode(true)));
    const list = copy.querySelector(".call-decisions__calls");
    const reason = list.querySelector(".call-decisions__reason");
    const now = new Date();
    list.replaceChildren(...closedLast([...list.children], now));
    list.querySelector(".call-decisions__name").after(reason);
    for (const hours of list.querySelectorAll(".call-decisions__hours")) {
      const isOpen = openingAt(hours.parentElement.dataset.hours, now);
      if (isOpen !== null) hours.textContent += `. ${isOpen ? this.dataset.open : this.dataset.closed}.`;
    }
    return copy;
  }

  #channels(role) {
    const channel = role && document.querySelector(`.call-decisions__channels [data-role="${role}"]`);
    if (!channel) return [];
    const copy = document.createElement("p");
    copy.className = "who-to-call__channel";
    copy.append(...channel.cloneNode(true).childNodes);
    return [copy];
  }

  #say(text) {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }
}

/** In danger nobody should have to answer more: what is not chosen is an adult in Belgium. */
function fits({ dataset }, { danger, person, place, role }) {
  const somewhere = document.querySelector("who-to-call [name=place] option:not([value=''])").value;
  return (
    [undefined, danger].includes(dataset.danger) &&
    holds(dataset.persons, person || "adult") &&
    holds(dataset.places, place || somewhere) &&
    holds(dataset.roles, role)
  );
}

function holds(names, name) {
  return names === "" || names.split(" ").includes(name);
}

customElements.define("who-to-call", WhoToCall);
