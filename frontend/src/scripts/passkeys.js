// What allauth's script reports when a passkey was refused or the person cancelled: say it on the
// page, not in the console.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const line of document.querySelectorAll("[data-passkey-problem]")) line.hidden = false;
});
