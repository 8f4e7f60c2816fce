// How a table was understood: a sentence whose parts can be corrected, and the table. If it can be
// understood in several ways, they stand side by side.

/** @import { Offer, Part, Reading, Say } from "./types.d.ts" */
import { html } from "../../js/elements.js";

/** @param {HTMLElement} place @param {Reading[]} readings @param {Say} say */
export function drawReadings(place, readings, say) {
  const asks = readings.length > 1;
  place.classList.toggle("asks", asks);
  place.replaceChildren(
    ...(asks ? [html("p", { className: "data-question" }, "This can be read in more than one way. Which is right?")] : []),
    ...readings.map((reading, i) => html("section", {},
      sentence(reading, asks, say),
      ...(asks ? [table(reading, []), choosing(i, say)] : [])),
    ),
  );
}

/** @param {number} index @param {Say} say */
function choosing(index, say) {
  const button = html("button", { type: "button", className: "primary" }, "This one");
  button.dataset.choice = `reading-${index}`;
  button.onclick = () => say("reading", index);
  return button;
}

/** @param {Reading} reading @param {boolean} asks @param {Say} say */
function sentence({ parts }, asks, say) {
  const shown = (/** @type {Part} */ piece) => (asks || !piece.offers.length ? piece.text : correction(piece, say));
  const pieces = parts.flatMap((piece, i) => [i ? piece.before : "", shown(piece)]);
  return html("p", { className: "data-sentence" }, ...pieces, ".");
}

/** @param {Part} piece @param {Say} say */
function correction({ field, text, value, offers }, say) {
  const name = `How it is read: ${text}`;
  return choice(field, name, value, offers, (chosen) => say("how", { field, value: chosen }));
}

/**
 * A choice among offers that looks like the words it stands among.
 * @param {string} id @param {string} name @param {string} value @param {Offer[]} offers
 * @param {(value: string) => void} choose
 */
export function choice(id, name, value, offers, choose) {
  const select = html("select", { ariaLabel: name }, ...offers.map((offer) => html("option", { value: offer.value }, offer.text)));
  select.dataset.choice = id;
  select.value = value;
  select.onchange = () => choose(select.value);
  return select;
}

/**
 * The first rows, under the titles and what stands below them.
 * @param {Reading} reading @param {(Node | string)[]} below  for each column
 */
export function table({ titles, rows, more }, below) {
  const head = (/** @type {(Node | string)[]} */ cells) => html("tr", {}, ...cells.map((cell) => html("th", { scope: "col" }, cell)));
  const body = rows.map((row) => html("tr", {}, ...row.map((cell) => html("td", {}, cell))));
  if (more) body.push(html("tr", {}, html("td", { colSpan: titles.length, className: "more" }, `and ${more} more rows`)));
  return html("div", { className: "data-table", tabIndex: 0, role: "region", ariaLabel: "The table" },
    html("table", {}, html("thead", {}, head(titles), ...(below.length ? [head(below)] : [])), html("tbody", {}, ...body)));
}
