// The chart library is fetched by the first page, or fragment, that has a chart.

let asked = false;

function fetchLibrary() {
  if (asked || !document.querySelector("[data-chart]")) return;
  asked = true;
  const script = document.createElement("script");
  script.src = document.querySelector("meta[name=anju-charts]").content;
  document.head.append(script);
}

document.addEventListener("DOMContentLoaded", fetchLibrary);
document.addEventListener("htmx:afterSettle", fetchLibrary);
