// Numbers: write them, round them, find them in a list.

/** A number for reading: four significant digits. @param {number} value */
export function short(value) {
  if (value === 0 || !Number.isFinite(value)) return String(value).replace("Infinity", "∞");
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e6 ? String(rounded(value, 4)) : value.toExponential(3);
}

/** A number rounded to this many significant digits. @param {number} value @param {number} digits */
export function rounded(value, digits) {
  return Number(value.toPrecision(digits));
}

/** A number with no more digits than a relative precision needs. @param {number} value @param {number} precision */
export function tidy(value, precision) {
  return rounded(value, Math.min(Math.max(Math.ceil(-Math.log10(precision)) + 1, 2), 15));
}

/** Two numbers in as few digits as distinguish them, at least four and at most eight. @param {number[]} numbers */
export function toldApart([a, b]) {
  let digits = 4;
  while (digits < 8 && a.toPrecision(digits) === b.toPrecision(digits)) digits += 1;
  return [a, b].map((x) => String(rounded(x, digits)));
}

/** @param {number} value @param {number} low @param {number} high */
export function within(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** The index of the last point at or before k; -1 if there is none. @param {ArrayLike<number>} points  ascending @param {number} k */
export function indexAt(points, k) {
  let low = -1, high = points.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle] <= k) low = middle;
    else high = middle;
  }
  return low;
}
