// The places of chips: the most room for another one, and rows in which none overlaps. No DOM.

const WIDTH = 36; // pixels that a chip takes up
const ROWS = 4; // above the axis, below it, further above, further below

/** The middle of the widest gap between some steps. @param {number[]} steps */
export function widestGap(steps) {
  const sorted = [...steps].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((step, i) => ({ width: step - sorted[i], middle: (step + sorted[i]) / 2 }));
  return gaps.reduce((a, b) => (b.width > a.width ? b : a)).middle;
}

/** The row of each chip, from 0: the first of its own side, then of the other, that is free. @param {number[]} places  of the chips' middles, in pixels */
export function rowsOf(places) {
  /** @type {number[][]} */
  const taken = Array.from({ length: ROWS }, () => []);
  return places.map((place, i) => {
    const side = i % 2, order = [side, 1 - side, 2 + side, 3 - side];
    const row = order.find((r) => taken[r].every((other) => Math.abs(other - place) >= WIDTH)) ?? side;
    taken[row].push(place);
    return row;
  });
}
