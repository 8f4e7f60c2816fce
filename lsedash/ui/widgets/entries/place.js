// Places in the large table: its rows are those of A | b, then the start x0. No DOM.

/** @typedef {import("../grid/cells.js").Field} Field */
/** @typedef {{row: number, column: number}} Place  both from 0; row m is the start, column n is b */
/** @typedef {{m: number, n: number}} Size */

export const HEADS = -1; // the row of the heads
export const SIDE = -1; // the column of the rows' numbers

const BEYOND = 3; // rows and columns on each side of those in view that are drawn too

/** The field of a place and where in it, as messages have them. @param {Place} place @param {Size} size @returns {{field: Field, row: number, column: number}} */
export function entryAt({ row, column }, { m, n }) {
  if (row === m) return { field: "x0", row: column, column: 0 };
  return column === n ? { field: "b", row, column: 0 } : { field: "A", row, column };
}

/** Whether there is an entry. @param {Place} place @param {Size} size */
export function isEntry({ row, column }, { m, n }) {
  return row >= 0 && column >= 0 && (row < m ? column <= n : row === m && column < n);
}

/** Where a key leads; null if it leads nowhere. @param {string} key @param {boolean} far  with Ctrl @param {Place} from @param {Size} size @param {number} page  rows in view @returns {Place | null} */
export function movedBy(key, far, { row, column }, { m, n }, page) {
  /** @type {Record<string, [number, number]>} */
  const places = {
    ArrowUp: [far ? 0 : row - 1, column],
    ArrowDown: [far ? m - 1 : row + 1, column],
    ArrowLeft: [row, far ? 0 : column - 1],
    ArrowRight: [row, far ? n : column + 1],
    PageUp: [Math.max(row - page, 0), column],
    PageDown: [row < m ? Math.min(row + page, m - 1) : m, column],
    Home: [far ? 0 : row, 0],
    End: [far ? m - 1 : row, far || row < m ? n : n - 1],
  };
  if (!Object.hasOwn(places, key)) return null;
  const [newRow, newColumn] = places[key], last = newRow >= m ? n - 1 : n;
  return {
    row: Math.min(Math.max(newRow, 0), m),
    column: Math.min(Math.max(newColumn, 0), last),
  };
}

/** The first row to be drawn and the one after the last. @param {number} top  pixels @param {number} height @param {number} rowHeight @param {number} m @returns {[number, number]} */
export function rowsInView(top, height, rowHeight, m) {
  const first = Math.floor(top / rowHeight) - BEYOND, last = Math.ceil((top + height) / rowHeight) + BEYOND;
  return [Math.min(Math.max(first, 0), m), Math.min(Math.max(last, 0), m)];
}

/**
 * The columns of A to be drawn, the first and the one after the last. @param {number} left  pixels @param {number} width
 * @param {number[]} widths  pixels, of the column at the side, those of A and that of b @returns {[number, number]}
 */
export function columnsInView(left, width, [side, ...widths]) {
  const n = widths.length - 1, ends = /** @type {number[]} */ ([]); // of the columns of A, pixels
  let end = side;
  for (const width of widths.slice(0, n)) {
    end += width;
    ends.push(end);
  }
  const first = ends.findIndex((end) => end > left), last = ends.findIndex((end) => end >= left + width);
  return [Math.max((first < 0 ? n : first) - BEYOND, 0), last < 0 ? n : Math.min(last + 1 + BEYOND, n)];
}

const NARROW = 4, WIDE = 13; // characters

/** The width of a column in characters; a longer text is cut, and its title has it whole. @param {Iterable<string>} texts */
export function widthOf(texts) {
  let longest = NARROW;
  for (const text of texts) longest = Math.max(longest, Math.min(text.length, WIDE));
  return longest;
}

/** The widths of the columns of A and of b. @param {import("./texts.js").Texts} texts */
export function widthsOf({ A, b, names, target }) {
  return [...names.map((name, j) => widthOf([name, ...A.map((row) => row[j])])), widthOf([target, ...b])];
}

/** The columns in CSS, wide enough for the start too. @param {number[]} widths @param {string[]} x0 @param {number} m */
export function columnsOf(widths, x0, m) {
  const columns = widths.map((width, j) => `calc(${Math.max(width, widthOf([x0[j] ?? ""]))}ch + 0.9rem)`);
  return [`calc(${String(m).length}ch + 0.8rem)`, ...columns].join(" ");
}
