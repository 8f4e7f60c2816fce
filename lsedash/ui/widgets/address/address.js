// Replaces the query of the address by the link that Python sends, each link once: after a step back
// an old one may be handed in again. And lets the links to all pages lead to the experiment, here and in another
// tab. And loads the page anew, with its address, once the server has become one of another version.

/** @import { Component, Head } from "../../js/types.d.ts" */
import { isOfStreamlit } from "../../js/addresses.js";
import { isAllHeard, outboxOf } from "../../js/outbox.js";
import { pageLinkAt, pageLinks, titleOf } from "../../js/page.js";

const LATER = 100; // milliseconds

let last = "", listens = false;

/** The queries of the links to the pages, by title. @type {Record<string, string>} */
let links = {};

/** The titles of the pages, by path. (When a page changes, its links are not there for a moment.) @type {Map<string, string>} */
const titles = new Map();

/** @param {Component<{number: string, query: string | null, links: Record<string, string>, heard: number, line: Head}>} component */
export function update(component) {
  const { data } = component;
  links = data.links;
  outboxOf("address_bar").hear(component); // of the presses in the page's part: see the component that watches the line
  outboxOf("line_watch").forget(data.heard); // which is not drawn with every answer
  if (!listens) listen();
  listens = true;
  for (const link of pageLinks()) {
    link.search = queryOf(link);
    titles.set(link.pathname, titleOf(link));
  }
  if (data.number !== last && data.query !== null) show(data.number, data.query);
  const page = document.documentElement.dataset;
  page.lsedash ??= import.meta.url; // which has the version in it
  if (page.lsedash !== import.meta.url) loadAnew();
}

/** Put a link into the address. @param {string} number @param {string} query */
function show(number, query) {
  last = number;
  const { pathname, search } = window.location;
  const next = renewed(search, query);
  if (next !== null) window.history.replaceState({}, "", pathname + next);
}

/** Load the page anew, once the address has everything that was said. */
function loadAnew() {
  if (isAllHeard()) window.location.reload();
  else setTimeout(loadAnew, LATER);
}

function listen() {
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, completeLink);
  document.addEventListener("click", (event) => { // Streamlit would open the page here
    if (pageLinkAt(event.target) && (event.ctrlKey || event.metaKey || event.shiftKey)) event.stopPropagation();
  }, true);
  const { history, location } = window, push = history.pushState.bind(history);
  history.pushState = (state, unused, url) => push(state, unused, url && completed(String(url), location.href, queryAt));
}

/**
 * The address to which the browser turns: that of another page gets the experiment at once. (Streamlit gives it
 * none, and Python's answer may take a while.)
 * @param {string} url @param {string} here  the address before
 * @param {(path: string) => string | undefined} queryOfPage  what leads to the experiment on the page with a path
 */
export function completed(url, here, queryOfPage) {
  const next = new URL(url, here), isBare = [...next.searchParams.keys()].every(isOfStreamlit);
  const query = isBare && next.pathname !== new URL(here).pathname ? queryOfPage(next.pathname) : undefined;
  return query === undefined ? url : next.pathname + query + next.hash;
}

/** The query with which the page with a path shows the experiment; undefined if there is no such page. @param {string} path */
function queryAt(path) {
  const title = titles.get(path);
  return title === undefined ? undefined : queryFor(title);
}

/**
 * Let a link to a page lead to the experiment in a new tab, too. (Before it is used, because Streamlit writes
 * the links anew when it likes.)
 * @param {Event} event
 */
function completeLink({ target }) {
  const link = pageLinkAt(target);
  if (link) link.search = queryOf(link);
}

/** The query with which a link leads to the experiment. @param {HTMLAnchorElement} link */
function queryOf(link) {
  return queryFor(titleOf(link));
}

/** The same, of the page with a title. (A long one is not sent; the address has it.) @param {string} title */
function queryFor(title) {
  const { search } = window.location, query = links[title];
  return query === undefined ? search : replaced(search, query);
}

/**
 * The query with which a link replaces another; null if both say the same.
 * @param {string} search  the query of the address @param {string} query  the link's, without the question mark
 */
export function renewed(search, query) {
  const next = replaced(search, query);
  return sorted(search) === sorted(next) ? null : next;
}

/**
 * A link's query with what Streamlit itself has in the address.
 * @param {string} search @param {string} query
 */
function replaced(search, query) {
  const embedded = [...new URLSearchParams(search)].filter(([key]) => isOfStreamlit(key));
  const parts = [query, new URLSearchParams(embedded).toString()].filter((part) => part);
  return parts.length ? `?${parts.join("&")}` : "";
}

/** The parts of a query, in one order. @param {string} search */
function sorted(search) {
  return JSON.stringify([...new URLSearchParams(search)].sort());
}
