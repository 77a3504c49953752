// Words made comparable, as guide/analysis.py does it for the index; a test holds the two together.

/** Without capitals, accents and other marks, and soft hyphens; ß is ss, œ is oe. @param {string} text @returns {string} */
export function fold(text) {
  return text
    .toLowerCase()
    .replace(/\u00ad/g, "")
    .replace(/ß/g, "ss")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
}

/** The folded words of a text; a single letter is no word, a digit is. @param {string} text @returns {string[]} */
export function words(text) {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 1 || /\p{Nd}/u.test(word));
}
