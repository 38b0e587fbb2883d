// Lists keep their filters in the address: unset ones, and the columns shown anyway, are left out, so
// that it stays short enough to send to a colleague.

// A whole identity number pasted into the search field never gets into an address: four digits do.
const IDENTITY_NUMBER = /^[1-9]\d{5}(19|20)\d{9}[\dXx]$/;

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("[data-search]") && IDENTITY_NUMBER.test(field.value.trim())) {
    field.value = field.value.trim().slice(-4);
  }
}, true);

const isEmpty = (value) => value === "";

/** Whether the columns ticked are those shown without asking. */
function columnsAreUsual(form) {
  const boxes = [...form.querySelectorAll("input[name=col]")];
  return boxes.every((box) => box.checked === box.hasAttribute("data-usual"));
}

document.addEventListener("htmx:configRequest", (event) => {
  const form = event.target.closest("form");
  if (event.detail.verb !== "get" || !form) return;
  const data = event.detail.formData;
  for (const name of [...new Set(data.keys())]) {
    const kept = data.getAll(name).filter((value) => !isEmpty(value));
    data.delete(name);
    kept.forEach((value) => data.append(name, value));
  }
  if (columnsAreUsual(form)) data.delete("col");
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get") return;
  for (const field of form.elements) {
    const isUsual = field.name === "col" && columnsAreUsual(form);
    if (field.name && (isEmpty(field.value) || isUsual)) field.disabled = true;
  }
});
// Going back shows the form as it was sent: its empty fields must be usable again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[method=get] :disabled").forEach((field) => (field.disabled = false));
});
