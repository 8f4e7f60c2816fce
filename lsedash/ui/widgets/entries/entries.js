// The table of a large system: A | b row by row, the start x0 below. Only the rows in view are in the page.
// One entry is edited at a time, as typed; Python reads the number.

/** @import { Component } from "../../js/types.d.ts" */
/** @import { Data } from "./content.js" */
import { html, part } from "../../js/elements.js";
import { outboxOf, UNSENT } from "../../js/outbox.js";
import { cellName, hasManyNumbers } from "../grid/cells.js";
import { Content } from "./content.js";
import { Editor } from "./editor.js";
import { columnsOf, entryAt, isEntry, movedBy, rowsInView, widthsOf } from "./place.js";
import { onTexts } from "./texts.js";

/** @typedef {import("./place.js").Place} Place */

/** @type {WeakMap<HTMLElement, Table>} */
const tables = new WeakMap();

/** @param {Component<Data>} component */
export function update(component) {
  const root = part(component.parentElement, ".entries");
  const table = tables.get(root) ?? new Table(root);
  tables.set(root, table);
  table.hear(component);
}

/** @param {HTMLElement} parent */
export function leave(parent) {
  const root = parent.querySelector(".entries");
  if (root instanceof HTMLElement) tables.get(root)?.forget();
}

class Table {
  outbox = outboxOf("entries");

  content = new Content(this.outbox);

  /** @type {import("./texts.js").Texts | undefined} */
  drawn; // the texts that were drawn last

  /** Of the columns of A and of b, in characters. @type {number[]} */
  widths = [];

  /** @type {Place} */
  place = { row: 0, column: 0 }; // where the keyboard is

  /** The rows that are drawn, by number; m is the start. @type {Map<number, HTMLElement>} */
  rows = new Map();

  heads = html("div", { className: "row heads", role: "row", ariaRowIndex: "1" });
  body = html("div", { className: "body", role: "rowgroup" });
  start = html("div", { className: "row start", role: "row" });
  scroll = html("div", { className: "scroll", role: "grid", ariaLabel: "A, b and the start x0" });

  foot = html("p", { className: "foot" });

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.editor = new Editor(this);
    this.scroll.append(html("div", { className: "sheet", role: "presentation" }, this.heads, this.body, this.start));
    root.append(this.scroll, this.foot);
    this.scroll.addEventListener("scroll", () => requestAnimationFrame(() => this.drawRows()));
    this.scroll.addEventListener("keydown", (event) => this.press(event));
    this.scroll.addEventListener("click", ({ target }) => this.click(target));
    this.scroll.addEventListener("paste", (event) => this.paste(event));
    new ResizeObserver(() => this.drawRows()).observe(this.scroll); // the sidebar may be closed at first
    this.forget = onTexts(() => this.show());
  }

  /** @param {Component<Data>} component */
  hear(component) {
    const { outbox, content } = this, { line: { session }, revision } = component.data;
    const begunAnew = outbox.session !== undefined && outbox.session !== session;
    if (begunAnew) outbox.revise("entry", (entry) => ({ ...entry, revision }));
    content.data = component.data;
    outbox.hear(component);
    this.show();
  }

  get size() {
    return this.content.size;
  }

  /** Show the texts, once they are here. */
  show() {
    const { content } = this;
    content.gather();
    if (!content.texts) return;
    if (content.texts !== this.drawn) this.drawAll(content.texts);
    this.root.style.setProperty("--columns", columnsOf(this.widths, content.data?.x0 ?? [], this.size.m));
    this.drawRows();
    for (const [row, element] of this.rows) this.fill(row, element);
  }

  /** Draw the heads, and all rows anew: other texts came. @param {import("./texts.js").Texts} texts */
  drawAll(texts) {
    const { root, heads, body, size: { m, n } } = this;
    this.drawn = texts;
    this.editor.end();
    this.place = { row: Math.min(this.place.row, m), column: Math.min(this.place.column, n - 1) };
    this.widths = widthsOf(texts);
    root.style.setProperty("--rows", String(m));
    const head = (/** @type {string} */ text, className = "") => html("span", { className, role: "columnheader", title: text }, text);
    heads.replaceChildren(head("", "side"), ...texts.names.map((name) => head(name)), head(texts.target, "right"));
    this.scroll.ariaRowCount = String(m + 2);
    this.scroll.ariaColCount = String(n + 2);
    this.foot.textContent = `${m} rows, ${n === 1 ? "1 column" : `${n} columns`}. Press an entry, or Enter on it, to change it.`;
    this.rows.clear();
    body.replaceChildren();
    this.drawRow(m, this.start);
  }

  /** Draw the rows in view, and that of the keyboard. */
  drawRows() {
    const { scroll, rows, body, size: { m } } = this, height = this.rowHeight();
    if (!this.drawn || !height) return;
    const [first, end] = rowsInView(scroll.scrollTop, scroll.clientHeight, height, m);
    for (const [row, element] of rows) {
      if (row < m && row !== this.place.row && (row < first || row >= end)) {
        element.remove();
        rows.delete(row);
      }
    }
    for (const row of new Set([this.place.row, ...Array.from({ length: end - first }, (_, i) => first + i)])) {
      if (rows.has(row) || row >= m) continue;
      const element = html("div", { className: "row", role: "row" });
      element.style.setProperty("--row-number", String(row));
      this.drawRow(row, element);
      body.append(element);
    }
  }

  /** @param {number} row @param {HTMLElement} element */
  drawRow(row, element) {
    const { m, n } = this.size;
    element.ariaRowIndex = String(row + 2);
    element.replaceChildren(html("span", { className: "side", role: "rowheader" }, row === m ? "x0" : String(row + 1)));
    for (let column = 0; column <= n; column += 1) {
      const exists = isEntry({ row, column }, this.size);
      const cell = html("span", { role: "gridcell", className: column === n ? "right" : "", tabIndex: exists ? -1 : undefined });
      if (exists) cell.dataset.cell = this.idOf({ row, column }).id;
      element.append(cell);
    }
    this.rows.set(row, element);
    this.fill(row, element);
  }

  /** Write the texts of a row into its cells. @param {number} row @param {HTMLElement} element */
  fill(row, element) {
    const { content, place: { row: focusedRow, column: focusedColumn } } = this;
    for (const [column, cell] of [...element.children].slice(1).entries()) {
      const place = { row, column };
      if (!(cell instanceof HTMLElement) || !isEntry(place, this.size) || this.editor.isIn(cell)) continue;
      const text = content.textAt(place), unsent = content.isUnsent(place), fault = content.faultAt(place);
      if (cell.textContent !== text) cell.textContent = text;
      cell.title = text;
      cell.tabIndex = row === focusedRow && column === focusedColumn ? 0 : -1;
      cell.ariaInvalid = fault ? "true" : null;
      cell.toggleAttribute("data-unsent", unsent);
      cell.ariaDescription = unsent ? UNSENT : fault;
    }
  }

  /** @param {Place} place */
  idOf(place) {
    const { field, row, column } = entryAt(place, this.size);
    const { texts } = this.content;
    return cellName(field, row, field === "A" ? column : null, texts?.meant ? texts : undefined);
  }

  /** @param {Place} place */
  cellAt({ row, column }) {
    const cell = this.rows.get(row)?.children[column + 1];
    return cell instanceof HTMLElement ? cell : null;
  }

  /** Go to an entry: bring it into view and give it the focus. @param {Place} place */
  goTo(place) {
    const { scroll, size: { m } } = this, height = this.rowHeight(), before = this.place.row;
    this.place = place;
    if (place.row < m) {
      const room = scroll.clientHeight - 2 * height, top = place.row * height; // without heads and start
      scroll.scrollTop = Math.min(Math.max(scroll.scrollTop, top + height - room), top);
    }
    this.drawRows();
    for (const row of [before, place.row]) {
      const element = this.rows.get(row);
      if (element) this.fill(row, element);
    }
    const cell = this.cellAt(place);
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
    cell?.focus({ preventScroll: true });
  }

  rowHeight() {
    return this.heads.getBoundingClientRect().height;
  }

  /** @param {EventTarget | null} target @returns {Place | null} */
  placeOf(target) {
    const cell = target instanceof Element ? target.closest("[data-cell]") : null;
    const found = cell && [...this.rows].find(([, element]) => element === cell.parentElement);
    return found ? { row: found[0], column: [...found[1].children].indexOf(cell) - 1 } : null;
  }

  /** @param {EventTarget | null} target */
  click(target) {
    const place = this.placeOf(target);
    if (!place || target instanceof HTMLInputElement) return;
    this.goTo(place);
    this.editor.begin(place);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { key, ctrlKey, metaKey, altKey } = event, far = ctrlKey || metaKey;
    if (this.editor.place || altKey || !this.placeOf(event.target)) return;
    const { scroll } = this, page = Math.max(Math.floor(scroll.clientHeight / this.rowHeight()) - 2, 1);
    const place = movedBy(key, far, this.place, this.size, page);
    const types = key.length === 1 && key !== " " && !far;
    if (place) this.goTo(place);
    else if (key === "Enter" || key === "F2") this.editor.begin(this.place);
    else if (types) this.editor.begin(this.place, key);
    else return;
    event.preventDefault();
    event.stopPropagation(); // the page has shortcuts of its own
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const block = event.clipboardData?.getData("text") ?? "", place = this.editor.place ?? this.place;
    if (!hasManyNumbers(block)) {
      if (this.editor.place || !block.trim()) return;
      this.editor.begin(this.place, block.trim());
    } else {
      this.editor.end();
      this.outbox.say("block", { text: block, ...entryAt(place, this.size) }); // Python reads it
    }
    event.preventDefault();
  }

  /** Take over the text of an entry. @param {Place} place @param {string} text */
  change(place, text) {
    this.content.change(place, text);
    const element = this.rows.get(place.row);
    if (element) this.fill(place.row, element);
  }
}
