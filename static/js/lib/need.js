// What an element works with must stand in its template; a part that does not is a mistake of ours, told by its name.

/** @param {HTMLElement} element @param {Record<string, unknown>} parts by name; an empty list counts as missing */
export function need(element, parts) {
  const missing = Object.keys(parts).filter((name) => !parts[name] || parts[name].length === 0);
  if (missing.length) throw new Error(`<${element.localName}> lacks: ${missing.join(", ")}`);
}
