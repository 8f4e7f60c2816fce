// Where the labels of an axis's marks go, so that none lies on another or on the tick of another. No DOM.

const GAP = 6; // pixels between two labels
const BEYOND = 10; // pixels that a label may leave the axis
const ROWS = 5;

/** @typedef {{at: number, width: number, side: "left" | "right"}} Label  the tick, the width of the text, the side it prefers */
/** @typedef {{side: "left" | "right", row: number}} Placed */
/** @typedef {Placed & {at: number, from: number, to: number}} Box */

/**
 * A side of its tick and a row for each label. Of all orders in which the labels may choose, the one with
 * the fewest labels on ticks and the fewest rows.
 * @param {Label[]} labels  few @param {number} width  of the axis
 * @returns {Placed[]}
 */
export function placed(labels, width) {
  let best = { cost: Infinity, boxes: /** @type {Box[]} */ ([]) };
  for (const order of orders(labels.map((_, i) => i))) {
    const boxes = chosenIn(order, labels, width), cost = costOf(boxes);
    if (cost < best.cost) best = { cost, boxes };
  }
  return best.boxes.map(({ side, row }) => ({ side, row }));
}

/** @param {number[]} numbers @returns {number[][]} */
function orders(numbers) {
  if (numbers.length < 2) return [numbers];
  return numbers.flatMap((first) => orders(numbers.filter((other) => other !== first)).map((rest) => [first, ...rest]));
}

/** @param {number[]} order @param {Label[]} labels @param {number} width */
function chosenIn(order, labels, width) {
  const boxes = /** @type {Box[]} */ ([]), taken = /** @type {Box[]} */ ([]);
  for (const i of order) {
    const options = optionsOf(labels[i]).filter((box) => fits(box, taken, width));
    const clear = options.find((box) => taken.every((other) => !(crosses(box, other) || crosses(other, box))));
    boxes[i] = clear ?? options[0] ?? { ...optionsOf(labels[i])[0], row: ROWS };
    taken.push(boxes[i]);
  }
  return boxes;
}

/** @param {Label} label @returns {Box[]} */
function optionsOf({ at, width, side }) {
  /** @type {("left" | "right")[]} */
  const sides = side === "left" ? ["left", "right"] : ["right", "left"];
  return Array.from({ length: ROWS }, (_, row) => sides.map((chosen) => {
    const from = chosen === "left" ? at - width : at;
    return { side: chosen, row, at, from, to: from + width };
  })).flat();
}

/** @param {Box} box @param {Box[]} taken @param {number} width */
function fits({ row, from, to }, taken, width) {
  return from >= -BEYOND && to <= width + BEYOND
    && taken.every((other) => other.row !== row || to + GAP <= other.from || other.to + GAP <= from);
}

/** Whether the tick of a label goes through another one. @param {Box} label @param {Box} other */
function crosses({ row, at }, other) {
  return other.row < row && other.from < at && at < other.to;
}

/** @param {Box[]} boxes */
function costOf(boxes) {
  const crossed = boxes.reduce((count, box) => count + boxes.filter((other) => crosses(box, other)).length, 0);
  return 100 * crossed + 10 * Math.max(0, ...boxes.map(({ row }) => row)) + boxes.reduce((sum, { row }) => sum + row, 0);
}
