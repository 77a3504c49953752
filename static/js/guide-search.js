import { findPassage, readPage } from "./lib/passage.js";
import { nearest, SearchIndex } from "./lib/search.js";
import { isUsable, languagesIn, requestOf } from "./lib/worker.js";
import { need } from "./lib/need.js";
import { fill } from "./lib/writing.js";

const MOST = 20; // results shown
const READ = 10; // results whose page is read for its section and a snippet
const PAUSE = 200; // ms without a keystroke before pages are read and the number of results is said

/**
 * <guide-search>: finds pages in the index stored with the language, best first, and shows where in the page.
 *
 * The results stand at once; their sections and snippets come from the stored pages when typing pauses. Nothing that
 * is typed is kept or put into an address.
 */
export class GuideSearch extends HTMLElement {
  #input = this.querySelector("input[type=search]");
  #count = this.querySelector("[role=status]");
  #results = this.querySelector("#search-results");
  #none = this.querySelector(".guide-search__none");
  #locale = document.documentElement.lang;
  #index = null;
  #pages = new Map(); // address → promise of the page as a document
  #timer = null;
  #isLoading = false;
  #shown = ""; // the query whose results are shown

  connectedCallback() {
    need(this, { input: this.#input, count: this.#count, results: this.#results, none: this.#none });
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#links()[0]?.focus();
    });
    this.#input.addEventListener("input", () => this.#search());
    this.addEventListener("keydown", (event) => this.#move(event));
    if (location.hash === `#${this.#input.id}`) this.#input.focus(); // hidden until now, so the browser could not
    this.#load();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  /** On a first visit it may not be stored yet; each key asks again. */
  async #load() {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      this.#index = await loadIndex(this.#locale);
      this.#count.textContent = "";
      this.#search();
    } catch {
      this.#count.textContent = this.dataset.missing;
    }
    this.#isLoading = false;
  }

  #search() {
    const query = this.#input.value.trim();
    if (!this.#index) return this.#load();
    if (query === this.#shown) return;
    this.#shown = query;
    clearTimeout(this.#timer);
    const { pages, forms } = this.#index.find(query);
    const shown = pages.slice(0, MOST);
    const rows = shown.map((page) => this.#row(page));
    this.#results.replaceChildren(...rows);
    this.#none.hidden = query === "" || shown.length > 0;
    this.#count.textContent = "";
    this.#timer = setTimeout(() => {
      if (query) this.#count.textContent = shown.length ? fill(this.dataset.some, { count: shown.length }) : this.dataset.none;
      if (!this.#none.hidden) this.#help(query);
      this.#readPages(query, shown.slice(0, READ), rows, forms);
    }, PAUSE);
  }

  // ── Results ────────────────────────────────────────────────────────────────────────────────────────────

  #row({ path, title, tel, number }) {
    const row = element("li", "guide-search__result");
    row.append(link(this.#addressOf(path), title, "guide-search__title"));
    row.append(element("p", "guide-search__path", this.#sectionOf(path)), element("p", "guide-search__snippet"));
    if (tel) {
      const call = link(tel, "", "call-button__call guide-search__call");
      const words = element("span", "visually-hidden", `${fill(this.dataset.call, { name: title })} `);
      call.append(words, number);
      row.append(call);
    }
    return row;
  }

  #addressOf(path) {
    return path === "home" ? `/${this.#locale}/` : `/${this.#locale}/${path}/`;
  }

  #sectionOf(path) {
    const [section, page] = path.split("/");
    return (page && this.#index.titleOf(section)) || "";
  }

  /** Put into each row where in its page the answer stands, as long as nothing else is asked meanwhile. */
  async #readPages(query, pages, rows, forms) {
    for (const [at, { path }] of pages.entries()) {
      const url = this.#addressOf(path);
      if (!this.#pages.has(url)) this.#pages.set(url, readPage(url));
      const page = await this.#pages.get(url);
      if (query !== this.#shown) return;
      if (page) this.#showPassage(rows[at], path, url, findPassage(page, forms));
      else this.#pages.delete(url);
    }
  }

  #showPassage(row, path, url, { anchor, heading, pieces }) {
    if (anchor) row.querySelector("a").href = `${url}#${anchor}`;
    row.querySelector(".guide-search__path").textContent = [this.#sectionOf(path), heading].filter(Boolean).join(" › ");
    const snippet = row.querySelector(".guide-search__snippet");
    snippet.replaceChildren(...pieces.map(({ text, isFound }) => (isFound ? element("mark", "", text) : text)));
  }

  // ── Nothing found ──────────────────────────────────────────────────────────────────────────────────────

  async #help(query) {
    const entries = [...document.querySelectorAll(".page-index a[href]:not([lang])")];
    const near = nearest(query, [...new Set(entries.map((entry) => entry.textContent.trim()))]).slice(0, 5);
    const found = near.map((text) => entries.find((entry) => entry.textContent.trim() === text));
    this.#fillList(".guide-search__near", found.map((entry) => link(entry.href, entry.textContent.trim())));
    this.#fillList(".guide-search__others", []);
    const others = await this.#inOtherLocales(query);
    if (query === this.#shown) this.#fillList(".guide-search__others", others);
  }

  /** The best page of each other language that is stored on this device and has an answer. */
  async #inOtherLocales(query) {
    const status = await requestOf("status", { locale: this.#locale }).catch(() => null); // no worker, nothing stored
    const others = status ? languagesIn(status).filter((locale) => locale !== this.#locale && isUsable(status, locale)) : [];
    const links = [];
    for (const locale of others) {
      const [page] = (await loadIndex(locale).catch(() => null))?.find(query).pages ?? [];
      if (!page) continue;
      const anchor = link(page.path === "home" ? `/${locale}/` : `/${locale}/${page.path}/`, page.title);
      anchor.lang = anchor.hreflang = locale;
      links.push(anchor);
    }
    return links;
  }

  #fillList(selector, links) {
    const part = this.#none.querySelector(selector);
    part.hidden = links.length === 0;
    part.querySelector("ul").replaceChildren(
      ...links.map((each) => {
        const row = element("li", "");
        row.append(each);
        return row;
      }),
    );
  }

  // ── Keys ───────────────────────────────────────────────────────────────────────────────────────────────

  #links() {
    return [...this.#results.querySelectorAll(".guide-search__title")];
  }

  /** Arrows go from the field to the results, along them, and back. */
  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [this.#input, ...this.#links()];
    const at = stops.indexOf(event.target);
    const next = stops[at + step];
    if (!step || at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }
}

async function loadIndex(locale) {
  const answer = await fetch(`/${locale}/search.json`);
  if (!answer.ok) throw new Error(answer.statusText);
  return new SearchIndex(await answer.json());
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function link(address, text, className = "") {
  const anchor = element("a", className, text);
  anchor.href = address;
  return anchor;
}

customElements.define("guide-search", GuideSearch);
