// The part of a stored page that answers: its section, and a sentence or two with the words found.

import { fold } from "./text.js";

// What stands alone nowhere: frames, lists of pages, the sentences one must not say, what is read without scripts only.
const ELSEWHERE = ".page__section, .page-foot *, .link-list *, .do-list--do-not-say *, noscript *";
const LENGTH = 150; // letters of a snippet, about two lines on a phone

/**
 * The page at that address as a document, or null. It comes from the device when it is stored there.
 * @param {boolean} isAny also the page that tells why it cannot be had
 */
export function readPage(url, isAny = false) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // it reads HTML without any policy for Trusted Types; DOMParser needs one
    request.open("GET", url);
    request.responseType = "document";
    request.onload = () => resolve(request.status === 200 || isAny ? request.response : null);
    request.onerror = () => resolve(null);
    request.send();
  });
}

/**
 * @param {Document} page
 * @param {Set<string>} forms folded words to look for
 * @returns {{anchor: string, heading: string, pieces: {text: string, isFound: boolean}[]}}
 */
export function findPassage(page, forms) {
  let best = { score: -1, anchor: "", heading: "", text: page.querySelector(".page__lead")?.textContent ?? "" };
  let section = { anchor: "", heading: "", score: 0 };
  for (const block of page.querySelectorAll(`main :is(h2, h3, dt, dd, p, li, td):not(${ELSEWHERE})`)) {
    if (block.querySelector("p, li, dd")) continue; // its parts come by themselves
    const text = block.textContent.replace(/\s+/g, " ").trim();
    if (block.matches("h2, h3, dt")) {
      const named = block.closest(block.matches("dt") ? "div[id]" : "[id]:not(main)");
      section = { anchor: named?.id ?? "", heading: text, score: 0.6 * countOf(text, forms) };
      continue;
    }
    const own = block.closest("li[id]");
    const place = own && !own.querySelector("h2, dt") ? { anchor: own.id, heading: "", score: 0 } : section;
    const score = countOf(text, forms) + place.score;
    if (score > Math.max(0, best.score)) best = { ...place, score, text };
  }
  return { anchor: best.anchor, heading: best.heading, pieces: marked(cut(best.text, forms), forms) };
}

function wordsIn(text) {
  return text.matchAll(/[\p{L}\p{N}\p{M}]+/gu);
}

function countOf(text, forms) {
  return new Set([...wordsIn(text)].map(([word]) => fold(word)).filter((word) => forms.has(word))).size;
}

/** Some text around the first word found, from the beginning of a word to the end of one. */
function cut(text, forms) {
  if (text.length <= LENGTH) return text;
  const first = [...wordsIn(text)].find(([word]) => forms.has(fold(word)))?.index ?? 0;
  const from = first < LENGTH / 2 ? 0 : text.indexOf(" ", first - LENGTH / 3) + 1;
  const end = text.lastIndexOf(" ", from + LENGTH);
  const to = text.length <= from + LENGTH ? text.length : Math.max(end, first + 1);
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
}

function marked(text, forms) {
  const pieces = [];
  let at = 0;
  for (const { 0: word, index } of wordsIn(text)) {
    if (!forms.has(fold(word))) continue;
    pieces.push({ text: text.slice(at, index), isFound: false }, { text: word, isFound: true });
    at = index + word.length;
  }
  return [...pieces, { text: text.slice(at), isFound: false }];
}
