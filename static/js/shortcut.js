// The key “/” leads to the search from every page, unless it is typed into a field.

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
  const field = document.querySelector("guide-search input");
  const link = document.querySelector(".site-header__search");
  if (!field && !link) return;
  event.preventDefault();
  if (field) field.focus();
  else link.click();
});
