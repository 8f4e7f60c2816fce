// A program whose lines can be chosen by a click; Up and Down move the focus from line to line.

/** @import { Component, Head } from "../../js/types.d.ts" */
import { focusedIndex, part } from "../../js/elements.js";
import { Outbox } from "../../js/outbox.js";
import { columnOf } from "../../js/page.js";

/** @type {WeakMap<HTMLElement, Outbox>} */
const outboxes = new WeakMap();

/** @param {Component<{html: string, line: Head}>} component */
export function update(component) {
  const { parentElement, data } = component, listing = part(parentElement, ".listing");
  const outbox = outboxes.get(listing) ?? new Outbox();
  outboxes.set(listing, outbox);
  outbox.hear(component);
  if (listing.dataset.html !== data.html) {
    const line = document.activeElement?.getAttribute("data-line");
    const focused = listing.contains(document.activeElement) && line;
    listing.dataset.html = data.html;
    listing.innerHTML = data.html;
    reveal(listing.querySelector(".chosen"), columnOf(listing));
    if (focused) part(listing, `[data-line="${line}"]`).focus();
  }
  listing.onclick = ({ target }) => {
    const line = target instanceof Element && target.closest(".line")?.querySelector("[data-line]");
    if (line) outbox.say("line", Number(line.getAttribute("data-line")));
  };
  listing.onkeydown = (event) => {
    const step = event.shiftKey ? 0 : { ArrowUp: -1, ArrowDown: 1 }[event.key]; // Shift steps through the run
    /** @type {NodeListOf<HTMLElement>} */
    const buttons = listing.querySelectorAll("[data-line]");
    const lines = [...buttons];
    const next = step && lines[focusedIndex(lines) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
}

/** If the line is out of view, scroll the column, and only the column, until the line is in its middle. @param {Element | null} line @param {Element | null} column */
function reveal(line, column) {
  if (!line || !column) return;
  const [inner, outer] = [line, column].map((element) => element.getBoundingClientRect());
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  column.scrollTop += inner.top - outer.top - outer.height / 2;
}
