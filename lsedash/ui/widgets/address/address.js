// Replaces the query of the address by the link that Python sends, each link once: after a step back
// an old one may be handed in again.

/** @import { Component } from "../../js/types.d.ts" */

const OF_STREAMLIT = /^embed/;

let last = "";

/** @param {Component<{number: string, query: string | null}>} component */
export function update({ data: { number, query } }) {
  if (number === last || query === null) return;
  last = number;
  const { pathname, search } = window.location;
  const next = renewed(search, query);
  if (next !== null) window.history.replaceState({}, "", pathname + next);
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
