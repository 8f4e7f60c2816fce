// The names of the grid's entries, and their texts. No DOM.

/** @typedef {"A" | "b" | "x0"} Field */
/** @typedef {{A: string[][], b: string[], x0: string[]}} Cells */

/** @param {Cells} cells @returns {Cells} */
export function copy({ A, b, x0 }) {
  return { A: A.map((row) => [...row]), b: [...b], x0: [...x0] };
}

/** The text of the entry with an id, as `cellName` gives it. @param {Cells} cells @param {string} [id] */
export function textAt({ A, b, x0 }, id = "") {
  const [field, row, column] = id.split("-"), i = Number(row) - 1;
  return field === "A" ? A[i]?.[Number(column) - 1] : { b, x0 }[field]?.[i];
}

/**
 * The id of an entry, and its name for a screen reader.
 * @param {Field} field @param {number} row @param {number | null} column  both from 0; null for b and x0
 * @param {{names: string[], target: string}} [known]  the names of the columns of A and of b
 */
export function cellName(field, row, column, { names, target } = { names: [], target: "" }) {
  const spoken = field === "x0" ? "start x0" : field;
  const meant = (field === "b" ? target : names[column ?? row]) ?? "", after = meant && ` (${meant})`;
  return column === null
    ? { id: `${field}-${row + 1}`, name: `${spoken}, entry ${row + 1}${after}` }
    : { id: `${field}-${row + 1}-${column + 1}`, name: `${spoken}, row ${row + 1}, column ${column + 1}${after}` };
}

/** Whether a text is a block of numbers rather than one number. @param {string} text */
export function hasManyNumbers(text) {
  return /[\t\n;]|[^\s,][\s,]+[^\s,]/.test(text.trim().replace(/\s*\/\s*/g, "/"));
}

/** @param {number} number */
export function subscript(number) {
  return [...String(number)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}
