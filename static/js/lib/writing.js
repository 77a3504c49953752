// Sentences filled in, and numbers, days and times as the reader writes them.

/** The text with each {name} replaced by its value. @param {string} text @param {object} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A number of bytes in kilobytes, megabytes or gigabytes. @param {number} bytes @param {string} locale */
export function writeBytes(bytes, locale) {
  const units = { gigabyte: 1e9, megabyte: 1e6, kilobyte: 1e3 };
  const unit = Object.keys(units).find((each) => bytes >= units[each]) ?? "kilobyte";
  const options = { style: "unit", unit, maximumFractionDigits: unit === "kilobyte" ? 0 : 1 };
  return new Intl.NumberFormat(`${locale}-BE`, options).format(bytes / units[unit]);
}

/** A day such as 2026-11-20 in words. @param {string} date @param {string} locale */
export function writeDay(date, locale) {
  const day = new Date(`${date}T12:00`).toLocaleDateString(`${locale}-BE`, { dateStyle: "long" });
  return locale === "fr" ? day.replace(/^1 /, "1er ") : day;
}

/** The time of day. @param {number} time in milliseconds @param {string} locale */
export function writeTime(time, locale) {
  return new Date(time).toLocaleTimeString(`${locale}-BE`, { hour: "2-digit", minute: "2-digit" });
}
