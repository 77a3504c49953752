// Whether the reader has something on this page that another page would lose.

/**
 * True when a field holds other than it came with, or an element of ours says that it is in use (`data-in-use`: a list
 * with ticks, a scene begun).
 */
export function isInUse() {
  if (document.querySelector("[data-in-use]")) return true;
  return [...document.querySelectorAll("input, textarea, select")].some(isChanged);
}

function isChanged(field) {
  if (field.closest("[data-keeps-nothing]")) return false; // settings, which take effect at once
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  return field.value !== field.defaultValue;
}
