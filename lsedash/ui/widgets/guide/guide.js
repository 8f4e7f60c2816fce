// What helps a visitor to find the way: a link past everything else, the landmark of the page links,
// the names of charts, About and the words.

/** @import { Component } from "../../js/types.d.ts" */
import { part } from "../../js/elements.js";
import { markCharts, markLinks, skipLink } from "../../js/page.js";
import { openAbout } from "./book.js";

/** @param {Component<{title: string, content: string}>} component */
export function update({ parentElement, data: { title, content } }) {
  markLinks(parentElement, title);
  markCharts(parentElement);
  part(parentElement, ".about").onclick = () => openAbout();
  const link = skipLink();
  link.textContent = `Skip to ${content}`;
  link.onclick = (event) => {
    event.preventDefault(); // the address stays
    skip();
  };
}

/** Focus the stage, or the heading of a page that has none. */
function skip() {
  const target = document.querySelector("[data-testid=stage]") ?? document.querySelector("h1");
  if (!(target instanceof HTMLElement)) return;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}
