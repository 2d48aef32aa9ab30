/* global document, window */
// The page's script: search, filter, and expanding everything for printing. Without it, the page is complete, too.
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

const controls = document.querySelector(".controls");
const search = document.querySelector("#search");
const show = document.querySelector("#show");
const matches = document.querySelector("#matches");
const places = all("[data-place]").map((element) => ({
  element,
  name: element.querySelector("summary").textContent.toLowerCase(),
  rows: all(".rows > li", element).map((row) => ({ row, text: row.textContent.toLowerCase() })),
}));
const others = all("tr[data-place-name]").map((row) => ({ row, name: row.dataset.placeName.toLowerCase() }));

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text) => words.every((word) => text.includes(word));
  const onlyOpen = show.value === "open";
  let shown = 0;
  for (const { element, name, rows } of places) {
    let count = 0;
    for (const { row, text } of rows) {
      const isShown = fits(`${name} ${text}`) && (!onlyOpen || row.dataset.open === "true");
      row.hidden = !isShown;
      if (isShown) count += 1;
    }
    element.hidden = count === 0;
    if (count > 0) shown += 1;
  }
  for (const { row, name } of others)
    row.hidden = !fits(name) && words.length > 0 && others.some((other) => fits(other.name));
  const isFiltered = onlyOpen || words.length > 0;
  if (!isFiltered) matches.textContent = "";
  else
    matches.textContent = shown === 0 ? matches.dataset.none : matches.dataset.some.replace("{shown}", String(shown));
}

function openAll(isOpen) {
  for (const element of all("details")) element.open = isOpen;
}

search.addEventListener("input", filter);
show.addEventListener("change", filter);
document.querySelector("#open-all").addEventListener("click", () => openAll(true));
document.querySelector("#close-all").addEventListener("click", () => openAll(false));

// A shadow on each side on which a table continues.
function shade(scroller) {
  const { clientWidth, scrollLeft, scrollWidth } = scroller;
  scroller.parentElement.classList.toggle("more-start", scrollLeft > 1);
  scroller.parentElement.classList.toggle("more-end", scrollLeft + clientWidth < scrollWidth - 1);
}

const scrollers = all(".scroller");
for (const scroller of scrollers) scroller.addEventListener("scroll", () => shade(scroller), { passive: true });
const shadeAll = () => scrollers.forEach(shade);
window.addEventListener("resize", shadeAll);
shadeAll();

let wasOpen = [];
window.addEventListener("beforeprint", () => {
  wasOpen = all("details[open]");
  openAll(true);
});
window.addEventListener("afterprint", () => {
  openAll(false);
  for (const element of wasOpen) element.open = true;
});

controls.hidden = false;
filter();
