// On a narrow screen the areas are one line to be scrolled: the one that is open is brought into view.

const line = document.querySelector(".areas");
const here = line?.querySelector('[aria-current="page"]');
if (here && line.scrollWidth > line.clientWidth) {
  const middle = here.getBoundingClientRect().left - line.getBoundingClientRect().left + here.offsetWidth / 2;
  line.scrollLeft += middle - line.clientWidth / 2;
}
