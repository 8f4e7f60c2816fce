// The one field in which an entry of the large table is edited.

import { html } from "../../js/elements.js";

/** @typedef {import("./place.js").Place} Place */
/**
 * @typedef {object} Edited  the table
 * @property {{textAt: (place: Place) => string}} content
 * @property {(place: Place) => HTMLElement | null} cellAt
 * @property {(place: Place) => {name: string}} idOf
 * @property {(place: Place, text: string) => void} change
 * @property {(place: Place) => void} goTo
 * @property {{m: number, n: number}} size
 */

const STEPS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

export class Editor {
  /** The entry that is being edited. @type {Place | null} */
  place = null;

  input = html("input", { type: "text", autocomplete: "off", spellcheck: false });

  /** @param {Edited} table */
  constructor(table) {
    this.table = table;
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.take());
  }

  /** Begin to edit an entry. @param {Place} place @param {string} [typed]  takes the place of its text */
  begin(place, typed) {
    const cell = this.table.cellAt(place), { input } = this;
    if (!cell) return;
    this.place = place;
    input.value = typed ?? this.table.content.textAt(place);
    input.ariaLabel = this.table.idOf(place).name;
    cell.replaceChildren(input);
    input.focus({ preventScroll: true });
    if (typed === undefined) input.select();
  }

  /** Whether an entry is edited in this cell. @param {Element} cell */
  isIn(cell) {
    return this.place !== null && this.input.parentElement === cell;
  }

  /** Take over what was typed. */
  take() {
    const { place, input } = this;
    if (!place) return;
    this.place = null;
    input.remove();
    this.table.change(place, input.value);
  }

  /** End without a change. */
  end() {
    const { place, table } = this;
    if (!place) return;
    this.place = null;
    this.input.remove();
    table.change(place, table.content.textAt(place));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { key, shiftKey } = event, { place, table } = this;
    event.stopPropagation();
    if (!place) return;
    if (key === "Escape") {
      this.end();
      table.goTo(place);
    } else if (key in STEPS) {
      const step = STEPS[/** @type {keyof typeof STEPS} */ (key)] * (key === "Enter" && shiftKey ? -1 : 1);
      this.take();
      const row = Math.min(Math.max(place.row + step, 0), table.size.m);
      table.goTo({ row, column: row === table.size.m ? Math.min(place.column, table.size.n - 1) : place.column });
    } else return;
    event.preventDefault();
  }
}
