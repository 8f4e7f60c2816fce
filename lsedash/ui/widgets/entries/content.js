// What the large table shows: the texts that were sent once, what was changed since, what was typed. No DOM.

/** @import { Head } from "../../js/types.d.ts" */
/** @import { Outbox } from "../../js/outbox.js" */
import { entryAt } from "./place.js";
import { textsOf } from "./texts.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {{field: string, row: number, column: number | null, message: string}} Fault  counted from 1 */
/** @typedef {[field: string, row: number, column: number, text: string]} Change  from 0 */
/** @typedef {{number: string, changes: Change[], x0: string[], revision: number, fault: Fault | null, line: Head}} Data */

export class Content {
  /** @type {Data | undefined} */
  data;

  /** @type {import("./texts.js").Texts | undefined} */
  texts;

  /** What differs from the texts, by field, row and column. @type {Map<string, string>} */
  newer = new Map();

  /** Of these, what Python has not heard of. @type {Set<string>} */
  unsent = new Set();

  /** @param {Outbox} outbox */
  constructor(outbox) {
    this.outbox = outbox;
  }

  /** Take the texts that the data belong to, if they are here. */
  gather() {
    this.texts = this.data && textsOf(this.data.number) || this.texts;
    const { changes = [], revision } = this.data ?? {};
    this.newer = new Map(changes.map(([field, row, column, text]) => [`${field} ${row} ${column}`, text]));
    this.unsent = new Set();
    for (const [, name, entry] of this.outbox.open) {
      if (name !== "entry" || entry.revision !== revision) continue;
      const key = `${entry.field} ${entry.row} ${entry.column}`;
      this.newer.set(key, entry.text);
      this.unsent.add(key);
    }
  }

  get size() {
    return { m: this.texts?.A.length ?? 0, n: this.texts?.names.length ?? 0 };
  }

  /** The text of an entry. @param {Place} place */
  textAt(place) {
    const { field, row, column } = entryAt(place, this.size), { texts, data } = this;
    const text = field === "A" ? texts?.A[row]?.[column] : field === "b" ? texts?.b[row] : data?.x0[row];
    return this.newer.get(`${field} ${row} ${column}`) ?? text ?? "";
  }

  /** Whether Python has not heard of an entry's text. @param {Place} place */
  isUnsent(place) {
    const { field, row, column } = entryAt(place, this.size);
    return this.unsent.has(`${field} ${row} ${column}`);
  }

  /** What is wrong with an entry; null if nothing is. @param {Place} place */
  faultAt(place) {
    const { field, row, column } = entryAt(place, this.size), fault = this.data?.fault;
    const isHere = fault?.field === field && fault.row === row + 1 && (field !== "A" || fault.column === column + 1);
    return fault && isHere ? fault.message : null;
  }

  /** Say the new text of an entry, if it is another one. @param {Place} place @param {string} text */
  change(place, text) {
    if (text === this.textAt(place)) return;
    this.outbox.add("entry", { ...entryAt(place, this.size), text, revision: this.data?.revision });
    this.outbox.send();
    this.gather();
  }
}
