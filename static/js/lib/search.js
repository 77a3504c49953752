// Finds pages in the index that guide/search makes; its format is told there. Knows no page of the browser.

import { words } from "./text.js";

// How much a word says about a page, by its level there. A level is twice the weight, and no word says everything.
const SAYS = [0, 1, 2, 3, 4, 5].map((level) => 2 ** (level + 0.4) / (2 ** (level + 0.4) + 4));

// How far a word of the index answers a word that was typed. Tuned with bench/search.py.
const EXACT = 1;
const ALIAS = 0.8; // another language's term, an abbreviation, what people say
const BEGINS = 0.55; // what was typed begins it …
const BEGINS_MORE = 0.3; // … and more when little is left to type
const ENDING = 0.7; // it begins what was typed, and only an ending is left: a form that no page has
const INSIDE = 0.55; // a part of a compound
const PART = 0.6; // what was typed is the compound
const EDIT = [0, 0.7, 0.45]; // by the number of typing errors
const STEM = 0.4; // only their beginnings are the same

export class SearchIndex {
  #data;
  #empty;
  #forms = [];
  #groups = []; // per form: its groups, and how far the form stands for each: a word of a phrase of three, a third
  #letters = []; // per form: which letters it has, as bits
  #known = new Map(); // form → its place
  #members = []; // per group: the forms that stand for it alone
  #pointers = []; // per group: its pages
  #weights = []; // per group: how much it says about each of them

  /** @param {object} data the index of a locale, as it is stored */
  constructor(data) {
    this.#data = data;
    this.#empty = new Set(data.empty.split(" "));
    this.#readForms(data.forms, numbers(data.groups));
    this.#readPointers(data.pointers, data.weights);
    for (const [phrases, pointers, weights] of data.others) {
      for (const phrase of phrases.split("|").map((each) => each.split(" "))) {
        for (const form of phrase) this.#addForm(form, this.#pointers.length, ALIAS / phrase.length);
      }
      this.#readPointers(pointers, weights);
    }
  }

  /**
   * The pages that answer, best first, and the words of the index they answer with, for marking.
   * @param {string} query
   * @returns {{pages: {path: string, title: string, tel?: string, number?: string, score: number}[], forms: Set<string>}}
   */
  find(query) {
    const typed = words(query);
    const asked = typed.filter((word) => !this.#empty.has(word));
    const forms = new Set();
    const answers = (asked.length ? asked : typed).map((word, at, all) =>
      this.#answers(word, all[at - 1], all[at + 1], forms),
    );
    const pages = this.#together(answers)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([at, score]) => {
        const [path, title, tel, number] = this.#data.pages[at];
        return { path, title, tel, number, score };
      });
    return { pages, forms };
  }

  /** The title of the page at a path, if the index has it. @param {string} path */
  titleOf(path) {
    return this.#data.pages.find(([each]) => each === path)?.[1];
  }

  /** Per page the sum of what each word says, less where words are missing. */
  #together(answers) {
    const found = answers.filter((answer) => answer.pages.size);
    const all = found.reduce((sum, answer) => sum + answer.rarity, 0);
    const scores = new Map();
    for (const { pages, rarity } of found) {
      for (const [at, says] of pages) {
        const score = scores.get(at) ?? { says: 0, words: 0 };
        scores.set(at, { says: score.says + says * rarity, words: score.words + rarity });
      }
    }
    return [...scores].map(([at, { says, words }]) => [at, says * (words / all) ** 1.5]);
  }

  /** What one word says about each page, and how rare it is. */
  #answers(word, before, after, forms) {
    const groups = this.#groupsLike(word, before, after, forms);
    const pages = new Map();
    const sure = new Set();
    for (const [group, likeness] of groups) {
      this.#pointers[group].forEach((at, index) => {
        const says = likeness * SAYS[this.#weights[group][index]];
        if (says > (pages.get(at) ?? 0)) pages.set(at, says);
        if (likeness >= ALIAS) sure.add(at);
      });
    }
    return { pages, rarity: Math.log(1 + this.#data.pages.length / (sure.size || pages.size || 1)) };
  }

  /** The groups that a typed word may mean, and how much each is like it. */
  #groupsLike(word, before, after, forms) {
    const groups = new Map();
    const add = (place, likeness) => {
      for (const [group, share] of this.#groups[place]) {
        const like = likeness * share;
        if (like > (groups.get(group) ?? 0)) groups.set(group, like);
        for (const form of this.#members[group] ?? []) forms.add(form);
      }
    };
    for (const form of [word, before && before + word, after && word + after]) {
      if (this.#known.has(form)) add(this.#known.get(form), EXACT);
    }
    const isKnown = this.#known.has(word);
    const base = isKnown ? this.#shortestLike(word) : word;
    this.#forms.forEach((form, place) => {
      const like = Math.max(likeness(form, word), base !== word && base.length > 3 ? likeness(form, base) : 0);
      if (like) add(place, isKnown ? like * 0.6 : like);
    });
    if (isKnown) return groups;
    for (const part of this.#partsOf(word)) add(this.#known.get(part), PART);
    const most = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
    if (most) {
      const letters = lettersOf(word);
      this.#forms.forEach((form, place) => {
        if (bitsIn(letters & ~this.#letters[place]) > most) return; // so many letters are missing, so many errors
        const errors = edits(word, form, most);
        if (errors <= most) add(place, EDIT[errors]);
      });
    }
    if (!groups.size) this.#addSameBeginnings(word, add);
    return groups;
  }

  /** The shortest form of the same stem, which is what stands inside compounds. */
  #shortestLike(word) {
    const members = this.#members[this.#groups[this.#known.get(word)][0][0]] ?? [word];
    return members.reduce((best, form) => (form.length < best.length && form.startsWith(word.slice(0, 3)) ? form : best), word);
  }

  /** The two known words that a compound is made of, if it is. */
  #partsOf(word) {
    for (let at = word.length - 3; at >= 4; at--) {
      const rest = word.slice(at);
      const head = word.slice(0, at);
      const known = [head, head.replace(/(s|e|n|en|es|er)$/, "")].find((each) => each.length > 3 && this.#known.has(each));
      if (known && this.#known.has(rest)) return [known, rest];
    }
    return [];
  }

  #addSameBeginnings(word, add) {
    this.#forms.forEach((form, place) => {
      let shared = 0;
      while (shared < word.length && form[shared] === word[shared]) shared++;
      if (shared >= Math.max(4, 0.6 * word.length, 0.6 * form.length)) add(place, STEM);
    });
  }

  // ── Reading what guide/search wrote ────────────────────────────────────────────────────────────────────

  #readForms(text, groups) {
    let before = "";
    let newest = -1;
    for (const [, shared, rest] of text.matchAll(/([A-Z])([^A-Z]*)/g)) {
      before = before.slice(0, shared.charCodeAt(0) - 65) + rest;
      const back = groups[this.#forms.length];
      if (back === 0) newest++;
      this.#addForm(before, back === 0 ? newest : newest + 1 - back);
    }
  }

  #addForm(form, group, share = 1) {
    if (!this.#known.has(form)) {
      this.#known.set(form, this.#forms.length);
      this.#forms.push(form);
      this.#letters.push(lettersOf(form));
      this.#groups.push([]);
    }
    this.#groups[this.#known.get(form)].push([group, share]);
    if (share >= ALIAS) (this.#members[group] ??= []).push(form);
  }

  #readPointers(text, levels) {
    const weights = numbers(levels);
    let at = -1;
    let used = 0;
    let pages = [];
    for (const distance of numbers(text)) {
      if (distance) {
        pages.push((at += distance));
        continue;
      }
      this.#pointers.push(pages);
      this.#weights.push(weights.slice(used, (used += pages.length)));
      at = -1;
      pages = [];
    }
  }
}

/** How much a form is like a word, without regard to typing errors: 0 when it is not. */
function likeness(form, word) {
  const at = form.indexOf(word);
  if (at === 0) return form === word ? EXACT : BEGINS + BEGINS_MORE * (word.length / form.length);
  if (at > 2 && word.length > 3) return INSIDE; // two letters before it are no word, so it is not a part
  if (form.length > 3 && form.length >= word.length - 3 && word.startsWith(form)) return ENDING;
  return 0;
}

/** The letters of a word as the bits of a number; letters 32 apart share one. */
function lettersOf(word) {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function bitsIn(number) {
  let count = 0;
  for (let rest = number; rest; rest &= rest - 1) count++;
  return count;
}

/** The number of letters to change, add, leave out or swap until a form begins with the word; above `most` some more. */
function edits(word, form, most) {
  if (form.length < word.length - most) return most + 1;
  let older = [];
  let old = Array.from({ length: form.length + 1 }, (_, at) => at);
  for (let row = 1; row <= word.length; row++) {
    const now = [row];
    let least = row;
    for (let at = 1; at <= form.length; at++) {
      const same = word[row - 1] === form[at - 1];
      let cost = Math.min(old[at] + 1, now[at - 1] + 1, old[at - 1] + (same ? 0 : 1));
      const swapped = at > 1 && word[row - 1] === form[at - 2] && word[row - 2] === form[at - 1];
      if (swapped) cost = Math.min(cost, older[at - 2] + 1);
      now.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    older = old;
    old = now;
  }
  return Math.min(...old.slice(Math.max(0, word.length - most)));
}

/** Those of some phrases that have a word like one of the query's, the most alike first. @returns {string[]} */
export function nearest(query, phrases) {
  const asked = words(query).filter((word) => word.length > 2);
  return phrases
    .map((phrase) => [Math.max(0, ...words(phrase).flatMap((word) => asked.map((each) => alike(word, each)))), phrase])
    .filter(([share]) => share >= 0.4)
    .sort((a, b) => b[0] - a[0])
    .map(([, phrase]) => phrase);
}

/** The share of the pairs of letters that two words have in common. */
function alike(one, other) {
  const pairs = (word) => new Set([...word].slice(1).map((letter, at) => word[at] + letter));
  const [first, second] = [pairs(one), pairs(other)];
  const common = [...first].filter((pair) => second.has(pair)).length;
  return (2 * common) / (first.size + second.size || 1);
}

/** The numbers of a text in which each is a character from # on; ~ adds 90 to the one that follows. */
function numbers(text) {
  const found = [];
  let more = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 126) more += 90;
    else {
      found.push(more + code - (code > 92 ? 36 : 35));
      more = 0;
    }
  }
  return found;
}
