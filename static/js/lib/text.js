// Words made comparable: without capitals and accents.

/** @param {string} text @returns {string} */
export function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .replace(/\u00ad/g, "")
    .replace(/ß/g, "ss")
    .replace(/œ/g, "oe")
    .replace(/[’']/g, "'");
}
