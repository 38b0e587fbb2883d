// A key clicks what is marked with it (data-key). "/" goes to the search field; in a list, arrows go from row to row and Enter opens one.

const TYPING = "input, textarea, select, [contenteditable]";

function rowLinks() {
  return [...document.querySelectorAll("table[data-rows] tbody a[data-row]")];
}

function step(by) {
  const links = rowLinks();
  if (!links.length) return false;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
  links[Math.min(links.length - 1, Math.max(0, next))].focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches?.(TYPING)) return;
  const named = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (named) {
    event.preventDefault();
    named.click();
    return;
  }
  if (event.key === "/") {
    const field = document.querySelector("[data-search]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  }
  const inList = document.activeElement === document.body || document.activeElement?.matches("a[data-row]");
  if (inList && event.key === "ArrowDown" && step(1)) event.preventDefault();
  if (inList && event.key === "ArrowUp" && step(-1)) event.preventDefault();
});
