// The augmented grid: one labelled <input> per entry of A, b and x0, kept as typed.
// Python reads the numbers; this file shows their texts and reports all of them when one changes. A long
// number that nobody edits is shown in six digits.

/** @import { Component, Head } from "../../js/types.d.ts" */
import { focusedIndex, html, part } from "../../js/elements.js";
import { shownText } from "../../js/numbers.js";
import { outboxOf, UNSENT } from "../../js/outbox.js";
import { cellName, copy, hasManyNumbers, subscript, textAt } from "./cells.js";

/** @typedef {import("./cells.js").Field} Field */
/** @typedef {import("./cells.js").Cells} Cells */
/** @typedef {{field: string, row: number, column: number | null, message: string}} Fault  counted from 1 */
/** @typedef {Cells & {revision: number, most: number, fault: Fault | null, names?: string[], target?: string, line: Head}} Data */

const MINUS = "\u2212";
const LONG = 7; // characters; a longer text is written smaller
const SHOWN = 6; // digits of a long number
const MOST_SHOWN = 26; // characters, as many as a float64 needs
const NEAR = 2; // rows or columns before the most there can be, at which that is said

/** @type {WeakMap<HTMLElement, Grid>} */
const grids = new WeakMap();

/** @param {Component<Data>} component */
export function update(component) {
  const root = part(component.parentElement, ".grid");
  const grid = grids.get(root) ?? new Grid(root);
  grids.set(root, grid);
  grid.hear(component);
}

class Grid {
  /** @type {Cells} */
  cells = { A: [], b: [], x0: [] };

  /** The texts that Python knows. @type {Cells} */
  known = this.cells;

  /** The revision of the texts that are shown. @type {number | null} */
  revision = null;

  most = 0; // rows and columns

  /** @type {Fault | null} */
  fault = null;

  /** The names of the columns of A, if they are known. @type {string[]} */
  names = [];

  target = ""; // the name of b

  outbox = outboxOf("grid");

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  /** @param {Component<Data>} component */
  hear(component) {
    const { A, b, x0, revision, fault, most, names = [], target = "", line: { session } } = component.data, { outbox } = this;
    const renamed = JSON.stringify([names, target]) !== JSON.stringify([this.names, this.target]);
    const begunAnew = outbox.session !== undefined && outbox.session !== session;
    const newRevision = !begunAnew && this.revision !== revision; // Python has replaced the texts
    Object.assign(this, { revision, fault, most, names, target });
    if (begunAnew) outbox.revise("cells", (cells) => ({ ...cells, revision }));
    outbox.hear(component);
    const replaced = newRevision || !outbox.waits("cells"); // else the texts typed here are newer
    this.known = copy({ A, b, x0 });
    const other = replaced && JSON.stringify(this.cells) !== JSON.stringify(this.known);
    if (other) this.cells = copy(this.known);
    if (other || renamed) this.draw();
    this.mark();
  }

  report() {
    this.outbox.say("cells", { ...copy(this.cells), revision: this.revision });
    this.mark();
  }

  /** Draw all entries anew; the one that has the focus keeps it, with what is being typed. */
  draw() {
    const { activeElement: focused } = document, { root } = this;
    const entry = focused instanceof HTMLInputElement && root.contains(focused) ? focused : null;
    const typed = entry && entry.value !== entry.title ? entry.value : null;
    this.drawEntries();
    const again = entry && root.querySelector(`[data-cell="${entry.dataset.cell}"]`);
    if (!(again instanceof HTMLInputElement)) return;
    again.focus({ preventScroll: true });
    again.value = typed ?? again.value;
  }

  drawEntries() {
    const { A, x0 } = this.cells, { names, target } = this;
    this.root.style.setProperty("--columns", String(x0.length));
    this.root.replaceChildren(
      label("", "corner"),
      ...x0.map((_, j) => label(`x${subscript(j + 1)}`, "head", names[j])),
      label("b", "head right", target),
      ...A.flatMap((row, i) => [
        label(String(i + 1), "side"),
        ...row.map((_, j) => this.input("A", i, j)),
        this.input("b", i, null),
      ]),
      label("x0", "side start"),
      ...x0.map((_, j) => this.input("x0", j, null)),
      label("", "corner"),
      this.buttons(),
    );
  }

  /** @param {Field} field @param {number} row @param {number | null} column  null for b and x0 */
  input(field, row, column) {
    const line = field === "A" ? this.cells.A[row] : this.cells[field];
    const index = column ?? row, text = line[index], { id, name } = cellName(field, row, column, this);
    const input = html("input", {
      value: shownText(text, SHOWN), className: field, ariaLabel: name, inputMode: "text", autocomplete: "off", spellcheck: false, title: text,
    });
    input.dataset.cell = id;
    const fit = () => {
      input.style.setProperty("--length", String(Math.min(input.value.length, MOST_SHOWN)));
      input.classList.toggle("long", input.value.length > LONG);
    };
    fit();
    input.addEventListener("input", fit);
    input.addEventListener("focus", () => {
      input.value = line[index];
      fit();
      input.select();
    });
    input.addEventListener("blur", () => {
      input.value = shownText(line[index], SHOWN);
      fit();
    });
    input.addEventListener("change", () => {
      input.title = line[index] = input.value;
      this.report();
    });
    input.addEventListener("keydown", (event) => this.move(event));
    input.addEventListener("paste", (event) => {
      const block = event.clipboardData?.getData("text") ?? "";
      if (!hasManyNumbers(block)) return;
      event.preventDefault(); // Python reads it
      this.outbox.say("block", { text: block, field, row, column: column ?? 0 });
    });
    return input;
  }

  /** Move up or down in the column, as in a spreadsheet. @param {KeyboardEvent} event */
  move(event) {
    const rows = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!rows) return;
    const inputs = [...this.root.querySelectorAll("input")];
    const target = inputs[focusedIndex(inputs) + rows * (this.cells.x0.length + 1)];
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  buttons() {
    const { A, b, x0 } = this.cells;
    const button = (/** @type {string} */ text, /** @type {string} */ name, /** @type {boolean} */ enabled,
      /** @type {() => void} */ edit) => {
      const element = html("button", { type: "button", ariaLabel: name, disabled: !enabled }, text);
      if (name.startsWith("Add")) element.title = `Up to ${this.most}; for more, use Paste….`;
      element.addEventListener("click", () => {
        edit();
        this.draw();
        this.report();
      });
      return element;
    };
    const { most } = this, near = Math.max(A.length, x0.length) > most - 1 - NEAR;
    const limit = `The grid takes up to ${most} rows and columns. For more, use Paste….`;
    return html("div", { className: "bar" },
      button("+ row", "Add a row", A.length < this.most, () => {
        A.push(x0.map(() => "0"));
        b.push("0");
      }),
      button(`${MINUS} row`, "Remove the last row", A.length > 1, () => {
        A.pop();
        b.pop();
      }),
      button("+ column", "Add a column", x0.length < this.most, () => {
        for (const line of [...A, x0]) line.push("0");
      }),
      button(`${MINUS} column`, "Remove the last column", x0.length > 1, () => {
        for (const line of [...A, x0]) line.pop();
      }),
      html("span", { className: "limit", role: "status" }, near ? limit : ""));
  }

  /** Mark the entry that cannot be read, and those that Python does not know yet. */
  mark() {
    const { cells, known, fault, outbox } = this;
    for (const input of this.root.querySelectorAll("input")) {
      const [field, row, column] = (input.dataset.cell ?? "").split("-");
      const unsent = outbox.waits("cells") && textAt(cells, input.dataset.cell) !== textAt(known, input.dataset.cell);
      const wrong = fault !== null && fault.field === field && fault.row === Number(row)
        && (column === undefined || fault.column === Number(column));
      input.setAttribute("aria-invalid", String(wrong));
      input.toggleAttribute("data-unsent", unsent);
      input.ariaDescription = unsent ? UNSENT : wrong ? fault.message : null;
    }
  }
}

/** @param {string} text @param {string} kind @param {string} [name]  of the column */
function label(text, kind, name = "") {
  const element = html("span", { className: kind, ariaHidden: "true", title: name }, text); // every input carries its full name
  if (name) element.append(html("small", {}, name));
  return element;
}
