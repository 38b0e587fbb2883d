// Lists keep their filters in the address: unset ones are left out, so it stays short enough to send.

const isEmpty = (value) => value === "";

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") return;
  const data = event.detail.formData;
  for (const name of [...new Set(data.keys())]) {
    const kept = data.getAll(name).filter((value) => !isEmpty(value));
    data.delete(name);
    kept.forEach((value) => data.append(name, value));
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get") return;
  for (const field of form.elements) {
    if (field.name && isEmpty(field.value)) field.disabled = true;
  }
});
// Going back shows the form as it was sent: its empty fields must be usable again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[method=get] :disabled").forEach((field) => (field.disabled = false));
});
