// The table of a large system: A | b row by row, the start x0 below. Only what is in view is in the page.
// One entry is edited at a time, as typed; Python reads the number.

/** @import { Component } from "../../js/types.d.ts" */
/** @import { Data } from "./content.js" */
import { html, part } from "../../js/elements.js";
import { outboxOf, UNSENT } from "../../js/outbox.js";
import { cellName, hasManyNumbers } from "../grid/cells.js";
import { Content } from "./content.js";
import { Editor } from "./editor.js";
import { columnsOf, entryAt, HEADS, isEntry, movedBy, SIDE, widthsOf } from "./place.js";
import { Sheet } from "./sheet.js";
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

  sheet = new Sheet((place) => this.made(place));

  foot = html("p", { className: "foot" });

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.editor = new Editor(this);
    const { scroll } = this.sheet;
    root.append(scroll, this.foot);
    scroll.addEventListener("scroll", () => requestAnimationFrame(() => this.draw()));
    scroll.addEventListener("keydown", (event) => this.press(event));
    scroll.addEventListener("click", ({ target }) => this.click(target));
    scroll.addEventListener("paste", (event) => this.paste(event));
    new ResizeObserver(() => this.draw()).observe(scroll); // the sidebar may be closed at first
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
    if (content.texts !== this.drawn) this.begin(content.texts);
    this.root.style.setProperty("--columns", columnsOf(this.widths, content.data?.x0 ?? [], this.size.m));
    this.draw();
    this.fillAll();
  }

  /** Begin with other texts. @param {import("./texts.js").Texts} texts */
  begin(texts) {
    const { root, size: { m, n } } = this;
    this.drawn = texts;
    this.editor.end();
    this.place = { row: Math.min(this.place.row, m), column: Math.min(this.place.column, n - 1) };
    this.widths = widthsOf(texts);
    root.style.setProperty("--rows", String(m));
    this.foot.textContent = `${m} rows, ${n === 1 ? "1 column" : `${n} columns`}. Press an entry, or Enter on it, to change it.`;
    this.sheet.clear(this.size);
  }

  /** Draw what is in view. */
  draw() {
    if (this.drawn) this.sheet.draw(this.size, this.place);
  }

  /** A new cell, filled. @param {Place} place */
  made({ row, column }) {
    const { m, n } = this.size, className = column === SIDE ? "side" : column === n ? "right" : "";
    const head = column === SIDE ? "" : this.drawn?.names[column] ?? this.drawn?.target ?? "";
    if (row === HEADS) return html("span", { className, role: "columnheader", title: head }, head);
    if (column === SIDE) return html("span", { className, role: "rowheader" }, row === m ? "x0" : String(row + 1));
    const cell = html("span", { className, role: "gridcell" });
    if (isEntry({ row, column }, this.size)) {
      cell.dataset.cell = this.idOf({ row, column }).id;
      this.fill({ row, column }, cell);
    }
    return cell;
  }

  fillAll() {
    for (const [place, cell] of this.sheet.cells()) if (isEntry(place, this.size)) this.fill(place, cell);
  }

  /** Write the text of an entry into its cell. @param {Place} place @param {HTMLElement} cell */
  fill(place, cell) {
    const { content } = this;
    if (this.editor.isIn(cell)) return;
    const text = content.textAt(place), unsent = content.isUnsent(place), fault = content.faultAt(place);
    if (cell.textContent !== text) cell.textContent = text;
    cell.title = text;
    cell.tabIndex = place.row === this.place.row && place.column === this.place.column ? 0 : -1;
    cell.ariaInvalid = fault ? "true" : null;
    cell.toggleAttribute("data-unsent", unsent);
    cell.ariaDescription = unsent ? UNSENT : fault;
  }

  /** @param {Place} place */
  idOf(place) {
    const { field, row, column } = entryAt(place, this.size);
    const { texts } = this.content;
    return cellName(field, row, field === "A" ? column : null, texts?.meant ? texts : undefined);
  }

  /** @param {Place} place */
  cellAt(place) {
    return this.sheet.cellAt(place);
  }

  /** Go to an entry: bring it into view and give it the focus. @param {Place} place */
  goTo(place) {
    this.place = place;
    if (place.row < this.size.m) this.sheet.showRow(place.row);
    this.draw();
    this.fillAll(); // another cell is the stop of the Tab key
    const cell = this.cellAt(place);
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
    cell?.focus({ preventScroll: true });
  }

  /** @param {EventTarget | null} target */
  placeOf(target) {
    return target instanceof Element ? this.sheet.placeOf(target.closest("[data-cell]")) : null;
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
    const { scroll, rowHeight } = this.sheet, page = Math.max(Math.floor(scroll.clientHeight / rowHeight) - 2, 1);
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
    const cell = this.cellAt(place);
    if (cell) this.fill(place, cell);
  }
}
