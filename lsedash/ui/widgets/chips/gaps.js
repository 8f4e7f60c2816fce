// The place with the most room for another chip. No DOM.

/** The middle of the widest gap between some steps. @param {number[]} steps */
export function widestGap(steps) {
  const sorted = [...steps].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((step, i) => ({ width: step - sorted[i], middle: (step + sorted[i]) / 2 }));
  return gaps.reduce((a, b) => (b.width > a.width ? b : a)).middle;
}
