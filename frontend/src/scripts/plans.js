// The confirming page: keys move through the items, the marked text follows; a selection can be added or cut.

const page = document.querySelector("[data-confirming]");
const TYPING = "input, textarea, select, [contenteditable]";
const wide = window.matchMedia("(min-width: 992px)");
let at = "";

const items = () => [...page.querySelectorAll("[data-item]")];
const marks = (id) => [...page.querySelectorAll(`[data-in~="${CSS.escape(id)}"]`)];
const current = () => page.querySelector(`[data-item="${CSS.escape(at)}"]`);

function go(item, { focus = true } = {}) {
  if (!item) return;
  page.querySelectorAll(".is-current").forEach((each) => each.classList.remove("is-current"));
  at = item.dataset.item;
  item.classList.add("is-current");
  if (focus) item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  const own = marks(at);
  own.forEach((each) => each.classList.add("is-current"));
  show(own[0]);
}

function show(mark) {
  const pane = page.querySelector("[data-text]");
  if (!mark || !wide.matches) return;
  pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - 60;
}

function step(by) {
  const all = items();
  const here = all.findIndex((each) => each.dataset.item === at);
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + by));
  go(all[next]);
}

function press(what) {
  const button = current()?.querySelector(`[data-do="${what}"]`);
  button?.click();
  return Boolean(button);
}

// Offsets count characters, as the server does, not the halves of rare ones.
function place(node, offset) {
  const paragraph = (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-at]");
  if (!paragraph || !page.contains(paragraph)) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.at) + [...before.toString()].length;
}

function selected() {
  const selection = document.getSelection();
  if (!selection || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = place(range.startContainer, range.startOffset);
  const end = place(range.endContainer, range.endOffset);
  return start === null || end === null ? null : { start, end, words: selection.toString() };
}

function cut() {
  const chosen = selected();
  const form = document.getElementById("plan-split");
  const link = current()?.querySelector('[data-do="split"]');
  if (!link) return false;
  const isInside = chosen && marks(at).some((each) => document.getSelection().containsNode(each, true));
  if (!form || !isInside) {
    link.click();
    return true;
  }
  form.action = `${link.getAttribute("href").split("#")[0]}split/`;
  form.elements.place.value = chosen.start;
  form.submit();
  return true;
}

function add() {
  const button = page.querySelector('[data-do="add"]');
  const chosen = selected();
  if (!button || !chosen || chosen.end <= chosen.start) return false;
  button.click();
  return true;
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  x: () => press("drop"),
  r: () => press("reopen"),
  e: () => press("edit"),
  m: () => press("merge"),
  s: cut,
  a: add,
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.(TYPING)) return;
  const onItem = Boolean(event.target.matches?.("[data-item]"));
  if (event.key === "Enter" && onItem) {
    event.preventDefault();
    press("confirm");
  } else if (event.key === "ArrowDown" && onItem) {
    event.preventDefault();
    step(1);
  } else if (event.key === "ArrowUp" && onItem) {
    event.preventDefault();
    step(-1);
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
}

function chose() {
  const chosen = selected();
  const field = page.querySelector("[data-selected]");
  if (!field || !chosen || chosen.end <= chosen.start) return;
  field.value = chosen.words;
  page.querySelector("[data-from]").value = chosen.start;
  page.querySelector("[data-to]").value = chosen.end;
}

// What was confirmed stays in sight, and the next that waits is the one to look at.
function acted(event) {
  const item = page.querySelector(`[data-item="${CSS.escape(event.detail.elt?.dataset?.item ?? at)}"]`);
  if (!item) return;
  const isDone = item.dataset.state !== "open";
  if (isDone) document.getElementById(`odd-${item.dataset.item}`)?.remove();
  const all = items();
  const next = all.slice(all.indexOf(item) + 1).find((each) => each.dataset.state === "open");
  go(isDone && next ? next : item);
}

if (page) {
  document.addEventListener("keydown", pressed);
  page.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && item.dataset.item !== at) go(item, { focus: false });
  });
  page.addEventListener("click", (event) => {
    const id = event.target.closest("[data-in]")?.dataset.in.split(" ")[0];
    const item = id && document.getSelection().isCollapsed && page.querySelector(`[data-item="${CSS.escape(id)}"]`);
    if (item) go(item, { focus: wide.matches });
  });
  page.querySelector("[data-text]").addEventListener("mouseup", () => window.setTimeout(chose));
  page.querySelector("[data-selected]")?.addEventListener("input", () => {
    page.querySelector("[data-from]").value = "";
    page.querySelector("[data-to]").value = "";
  });
  // Not before it has settled: settling gives an item the classes that came from the server.
  page.addEventListener("htmx:afterSettle", acted);
  const named = window.location.hash.startsWith("#item-") && page.querySelector(window.location.hash);
  if (named) go(named);
  else show(page.querySelector("[data-in]"));
}
