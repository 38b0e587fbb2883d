// Menus are <details>: they open without scripts. Here they close again on Escape and on a click elsewhere.

const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  open().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  open().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// A failed request says so instead of leaving the page as it was.
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  say(status, event.detail.xhr.getResponseHeader("X-Anju-Notice"));
});
document.addEventListener("htmx:sendError", () => say(0));

function say(status, told) {
  const box = document.getElementById("notice");
  if (!box || status === 401) return;
  box.textContent = told ? decodeURIComponent(told) : status === 0 ? box.dataset.offline : box.dataset.failed;
  box.hidden = false;
}

document.addEventListener("htmx:beforeRequest", () => {
  const box = document.getElementById("notice");
  if (box) box.hidden = true;
});
