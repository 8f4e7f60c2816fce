/** A program whose lines can be chosen: a click, or Up and Down from line to line. */
export default function listing({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".listing");
  if (place.dataset.html !== data.html) {
    const focused = place.contains(document.activeElement) && document.activeElement.dataset.line;
    place.dataset.html = data.html;
    place.innerHTML = data.html;
    reveal(place.querySelector(".chosen"), place.closest("[data-testid=stColumn]"));
    if (focused) place.querySelector(`[data-line="${focused}"]`)?.focus();
  }
  place.onclick = (event) => {
    const line = event.target.closest(".line")?.querySelector("[data-line]");
    if (line) setTriggerValue("line", Number(line.dataset.line));
  };
  place.onkeydown = (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const lines = [...place.querySelectorAll("[data-line]")];
    const next = lines[lines.indexOf(document.activeElement) + step];
    if (!step || !next) return;
    event.preventDefault();
    next.focus();
  };
}

/** Scroll the column, and nothing else, so far that the line is in its middle. */
function reveal(line, column) {
  if (!line || !column) return;
  const [inner, outer] = [line, column].map((element) => element.getBoundingClientRect());
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  column.scrollTop += inner.top - outer.top - outer.height / 2;
}
