"use strict";
// What is written in an edition is Swedish, also in a document in English.
const compare = new Intl.Collator("sv", { numeric: true }).compare;
const told = document.getElementById("sorted");

function sortBy(table, place, isDown) {
  const value = (row) => {
    const cell = row.cells[place], shown = cell.textContent.trim();
    return cell.dataset.key === undefined ? shown : Number(cell.dataset.key);
  };
  const isNumber = [...table.tBodies[0].rows].some((row) => row.cells[place].dataset.key !== undefined);
  const isMissing = (each) => (isNumber ? typeof each !== "number" : each === "");
  const order = (a, b) => {
    const first = value(a), second = value(b);
    // What is not known comes last whichever way the rest is turned.
    if (isMissing(first) || isMissing(second)) return isMissing(first) - isMissing(second);
    const way = isNumber ? first - second : compare(first, second);
    return isDown ? -way : way;
  };
  table.tBodies[0].append(...[...table.tBodies[0].rows].sort(order));
}

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, place) => {
    if (head.dataset.sort === undefined) return;
    const button = document.createElement("button");
    const title = head.textContent.trim();
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", way);
      sortBy(table, place, way === "descending");
      told.textContent = told.dataset[way].replace("{column}", () => title);
    });
  });
}

// Only what is wider than its region needs to be reached with the keyboard and marked as such.
const watch = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const isWide = target.scrollWidth > target.clientWidth;
    target.classList.toggle("wide", isWide);
    if (isWide) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const region of document.querySelectorAll(".scroll, .chart")) watch.observe(region);

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const each of opened) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of opened) each.open = false;
});
