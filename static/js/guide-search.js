import { fold } from "./lib/text.js";

/** <guide-search>: shows the pages that hold every word typed, best first, from the list stored with the language. */
export class GuideSearch extends HTMLElement {
  #input = this.querySelector("input[type=search]");
  #count = this.querySelector("[role=status]");
  #results = this.querySelector("#search-results");
  #documents = null;

  connectedCallback() {
    if (!this.#input || !this.#count || !this.#results) {
      throw new Error("<guide-search> needs an input, a status and #search-results");
    }
    this.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    this.#input.addEventListener("input", () => this.#search());
    this.#load();
  }

  async #load() {
    try {
      const answer = await fetch(this.dataset.index);
      if (!answer.ok) throw new Error(answer.statusText);
      this.#documents = (await answer.json()).map((page) => ({
        ...page,
        fields: [fold(page.title), fold(page.summary), fold(`${page.section} ${page.words}`)],
      }));
      this.#search();
    } catch {
      this.#count.textContent = this.dataset.missing;
    }
  }

  #search() {
    const words = fold(this.#input.value).split(/\s+/).filter(Boolean);
    if (!this.#documents || words.length === 0) {
      this.#show([], "");
      return;
    }
    const found = this.#documents
      .map((page) => ({ page, score: score(page.fields, words) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, 20)
      .map(({ page }) => page);
    const text = found.length ? this.dataset.some.replace("{count}", found.length) : this.dataset.none;
    this.#show(found, text);
  }

  #show(pages, text) {
    this.#results.replaceChildren(...pages.map(item));
    this.#count.textContent = text;
  }
}

/** How well a page answers: 0 unless every word begins a word of it, or stands inside one from four letters. */
function score(fields, words) {
  let total = 0;
  for (const word of words) {
    const best = Math.max(...fields.map((field, index) => [8, 4, 1][index] * match(field, word)));
    if (best === 0) return 0;
    total += best;
  }
  return total;
}

function match(field, word) {
  let at = field.indexOf(word);
  if (at < 0) return 0;
  while (at >= 0) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(field[at - 1])) return 3;
    at = field.indexOf(word, at + 1);
  }
  return word.length >= 4 ? 1 : 0;
}

function item(page) {
  const row = document.createElement("li");
  row.append(link(page.url, page.title));
  if (page.tel) row.append(link(page.tel, page.number, "guide-search__call tel"));
  const summary = document.createElement("p");
  summary.textContent = page.section ? `${page.section}. ${page.summary}` : page.summary;
  row.append(summary);
  return row;
}

function link(address, text, className = "") {
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.textContent = text;
  anchor.className = className;
  return anchor;
}

customElements.define("guide-search", GuideSearch);
