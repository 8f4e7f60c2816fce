// The elements of the large table: a cell for each entry in view, and for the one where the keyboard is. A browser
// may ask for the style of every element again at each move of a drag on the stage; so there are few.

import { html } from "../../js/elements.js";
import { columnsInView, HEADS, rowsInView, SIDE } from "./place.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("./place.js").Size} Size */

export class Sheet {
  heads = html("div", { className: "row heads", role: "row" });
  body = html("div", { className: "body", role: "rowgroup" });
  start = html("div", { className: "row start", role: "row" });
  scroll = html("div", { className: "scroll", role: "grid", ariaLabel: "A, b and the start x0" });

  /** The numbers of rows, and of the cells within a row. @type {WeakMap<Element, number>} */
  #numbers = new WeakMap();

  /** @param {(place: Place) => HTMLElement} make  makes the cell of a place */
  constructor(make) {
    this.make = make;
    this.scroll.append(html("div", { className: "sheet", role: "presentation" }, this.heads, this.body, this.start));
  }

  /** Begin anew, with a table of another size. @param {Size} size */
  clear({ m, n }) {
    for (const element of [this.heads, this.body, this.start]) element.replaceChildren();
    this.scroll.ariaRowCount = String(m + 2);
    this.scroll.ariaColCount = String(n + 2);
    this.#number(this.heads, HEADS);
    this.#number(this.start, m);
  }

  /** Draw what is in view. @param {Size} size @param {Place} place  of the keyboard */
  draw({ m, n }, place) {
    const { scroll, heads, body, rowHeight } = this;
    if (!rowHeight) return;
    const [top, bottom] = rowsInView(scroll.scrollTop, scroll.clientHeight, rowHeight, m);
    const widths = getComputedStyle(heads).gridTemplateColumns.split(" ").map(parseFloat);
    const [left, right] = columnsInView(scroll.scrollLeft, scroll.clientWidth, widths);
    this.#keep(body, ascending(top, bottom, place.row < m ? [place.row] : []), () => html("div", { className: "row", role: "row" }));
    for (const element of this.rows()) {
      const row = this.#numbers.get(element) ?? 0, others = row === place.row ? [SIDE, place.column, n] : [SIDE, n];
      this.#keep(element, ascending(left, right, others), (column) => this.make({ row, column }));
    }
  }

  /** The rows that are drawn, with the heads and the start. */
  rows() {
    /** @type {NodeListOf<HTMLElement>} */
    const rows = this.scroll.querySelectorAll(".row");
    return [...rows];
  }

  /** The cells that are drawn, with their places. @returns {Generator<[Place, HTMLElement]>} */
  *cells() {
    for (const row of this.rows()) {
      for (const cell of row.children) {
        const place = this.placeOf(cell);
        if (place && cell instanceof HTMLElement) yield [place, cell];
      }
    }
  }

  /** @param {Place} place */
  cellAt({ row, column }) {
    for (const [place, cell] of this.cells()) if (place.row === row && place.column === column) return cell;
    return null;
  }

  /** Where a cell is. @param {Element | null} cell @returns {Place | null} */
  placeOf(cell) {
    const row = cell?.parentElement && this.#numbers.get(cell.parentElement), column = cell && this.#numbers.get(cell);
    return typeof row === "number" && typeof column === "number" ? { row, column } : null;
  }

  /** Bring a row into view; under the heads, above the start. @param {number} row */
  showRow(row) {
    const { scroll, rowHeight } = this, room = scroll.clientHeight - 2 * rowHeight, top = row * rowHeight;
    scroll.scrollTop = Math.min(Math.max(scroll.scrollTop, top + rowHeight - room), top);
  }

  get rowHeight() {
    return this.heads.getBoundingClientRect().height;
  }

  /**
   * Let an element have a child for each of these numbers, in their order. A child that stays is not touched, because
   * it may have the focus.
   * @param {HTMLElement} parent @param {number[]} numbers @param {(number: number) => HTMLElement} make
   */
  #keep(parent, numbers, make) {
    const wanted = new Set(numbers);
    for (const child of [...parent.children]) if (!wanted.has(this.#numbers.get(child) ?? NaN)) child.remove();
    let next = parent.firstElementChild;
    for (const number of numbers) {
      if (next && this.#numbers.get(next) === number) next = next.nextElementSibling;
      else parent.insertBefore(this.#number(make(number), number), next);
    }
  }

  /** Give a row or a cell its number. @param {HTMLElement} element @param {number} number */
  #number(element, number) {
    this.#numbers.set(element, number);
    if (element.role === "row") {
      element.ariaRowIndex = String(number + 2);
      element.style.setProperty("--row-number", String(number));
    } else {
      element.ariaColIndex = String(number + 2);
      element.style.gridColumn = String(number + 2);
    }
    return element;
  }
}

/** The numbers from `first` to before `end`, and others, in ascending order. @param {number} first @param {number} end @param {number[]} others */
function ascending(first, end, others) {
  const numbers = new Set(others);
  for (let number = first; number < end; number += 1) numbers.add(number);
  return [...numbers].sort((one, other) => one - other);
}
