// Places for words on a chart, where they cover no other words. No DOM.

const LETTER = 8; // pixels, the width of a letter of 15 pixels on average, rounded up
const UP = 13, DOWN = 4; // pixels above and below the line that the letters stand on, of the same size

/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */
/** Where words stand: x, y and which part of them is at x. @typedef {[number, number, "start" | "middle" | "end"]} Spelt */

/**
 * The box that words take up.
 * @param {string} text @param {Spelt} spot @param {number} [size]  how many times as large as usual the letters are
 * @returns {Box}
 */
export function boxOf(text, [x, y, anchor], size = 1) {
  const width = LETTER * size * text.length, left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return { left, right: left + width, top: y - UP * size, bottom: y + DOWN * size };
}

/**
 * The first of some spots at which words lie in an area and cover no other box; without one, the first
 * in the area, or the first of all.
 * @param {string} text @param {Spelt[]} spots @param {Box[]} others @param {Box} area @param {number} [size]
 */
export function firstFree(text, spots, others, area, size) {
  const within = spots.filter((spot) => isWithin(boxOf(text, spot, size), area));
  return within.find((spot) => !others.some((box) => overlaps(boxOf(text, spot, size), box))) ?? within[0] ?? spots[0];
}

/** @param {Box} box @param {Box} area */
function isWithin(box, area) {
  return box.left >= area.left && box.right <= area.right && box.top >= area.top && box.bottom <= area.bottom;
}

/** @param {Box} a @param {Box} b */
function overlaps(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
