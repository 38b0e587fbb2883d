// A form is sent once: a second click, or Enter again, while the answer is still on its way does nothing.

// A file that is handed out leaves the page as it is: after so long the form may be sent again.
const AGAIN_AFTER = 4000;
const sent = new Map();

function free(form) {
  window.clearTimeout(sent.get(form));
  sent.delete(form);
  form.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  sent.set(form, window.setTimeout(() => free(form), AGAIN_AFTER));
});
// Going back shows the page as it was left.
window.addEventListener("pageshow", () => [...sent.keys()].forEach(free));
