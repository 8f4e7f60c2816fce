// The names of the grid's entries, and their texts. No DOM.

/** @typedef {"A" | "b" | "x0"} Field */

/**
 * The id of an entry, and its name for a screen reader.
 * @param {Field} field @param {number} row @param {number | null} column  both from 0; null for b and x0
 */
export function cellName(field, row, column) {
  const spoken = field === "x0" ? "start x0" : field;
  return column === null
    ? { id: `${field}-${row + 1}`, name: `${spoken}, entry ${row + 1}` }
    : { id: `${field}-${row + 1}-${column + 1}`, name: `${spoken}, row ${row + 1}, column ${column + 1}` };
}

/** Whether a text is a block of numbers rather than one number. @param {string} text */
export function hasManyNumbers(text) {
  return /[\t\n;]|[^\s,][\s,]+[^\s,]/.test(text.trim().replace(/\s*\/\s*/g, "/"));
}

/** @param {number} number */
export function subscript(number) {
  return [...String(number)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}
