// Replaces the query of the address by the link that Python sends, each link once: after a step back
// an old one may be handed in again.

/** @import { Component } from "../../js/types.d.ts" */
import { keyed } from "../../js/page.js";

const OF_STREAMLIT = /^embed/;

let last = "", isLeftOut = false, listens = false;

/** @param {Component<{number: string, query: string | null, isLeftOut: boolean}>} component */
export function update({ data }) {
  isLeftOut = data.isLeftOut;
  if (!listens) for (const type of ["pointerover", "focusin"]) document.addEventListener(type, completeLink);
  listens = true;
  if (data.number === last || data.query === null) return;
  last = data.number;
  const { pathname, search } = window.location;
  const next = renewed(search, data.query);
  if (next !== null) window.history.replaceState({}, "", pathname + next);
}

/**
 * Let a link to a page lead to the experiment in a new tab, too, when Python has left out its long query.
 * (Before it is used, because Streamlit writes the links anew when it likes.)
 * @param {Event} event
 */
function completeLink({ target }) {
  const link = isLeftOut && target instanceof Element && target.closest(`${keyed("pages")} a`);
  if (link instanceof HTMLAnchorElement) link.search = window.location.search;
}

/**
 * The query with which a link replaces another; null if both say the same.
 * @param {string} search  the query of the address @param {string} query  the link's, without the question mark
 */
export function renewed(search, query) {
  const before = new URLSearchParams(search), embedded = [...before].filter(([key]) => OF_STREAMLIT.test(key));
  const wanted = [...new URLSearchParams(query), ...embedded];
  if (JSON.stringify([...before].sort()) === JSON.stringify([...wanted].sort())) return null;
  const parts = [query, new URLSearchParams(embedded).toString()].filter((part) => part);
  return parts.length ? `?${parts.join("&")}` : "";
}
