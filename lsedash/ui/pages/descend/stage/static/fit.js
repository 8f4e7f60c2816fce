// What Fit draws of an x: the rows of A x against b, or its curve over somebody's data. Plain data in, plain
// data out. No DOM.

/** @import { Line, Ranges, Run, Scene } from "../../../../js/types.d.ts" */
/** @import { Fitted } from "../../../../js/fit.d.ts" */
import { descend, limit } from "../../../../js/closed-form.js";
import { indexAt } from "../../../../js/numbers.js";

const PIECES = 20; // of the diagonal between the axes, and on each side of them

/** The matrix with these rows, times x. @param {Float64Array} rows  row by row @param {ArrayLike<number>} x */
export function product(rows, x) {
  const n = x.length, result = new Float64Array(rows.length / n);
  for (let i = 0; i < result.length; i += 1) {
    let sum = 0;
    for (let j = 0; j < n; j += 1) sum += rows[i * n + j] * x[j];
    result[i] = sum;
  }
  return result;
}

/** Whether x is a curve over the data, and not a point for each row. @param {Fitted} fitted */
export function isCurve({ grid }) {
  return grid.length > 0;
}

/** The curve of x, or a point for each row of A. @param {Fitted} fitted @param {ArrayLike<number>} x @returns {Line} */
export function shapeOf(fitted, x) {
  if (isCurve(fitted)) return { x: fitted.grid, y: product(fitted.basis, x) };
  return { x: fitted.right, y: product(fitted.rows, x) };
}

/** Points of the line on which A x = b, from far to the left of the axes to far to their right. @param {Ranges} ranges @returns {Line} */
export function diagonal([[low, high]]) {
  const x = Array.from({ length: 3 * PIECES + 1 }, (_, i) => low + (i / PIECES - 1) * (high - low));
  return { x, y: x };
}

/** An upright line for each row's residual, with gaps: from the point to the curve or to the diagonal. @param {Fitted} fitted @param {ArrayLike<number>} x @returns {Line} */
export function residualLines({ rows, right, across }, x) {
  const reached = product(rows, x);
  return {
    x: Array.from(across).flatMap((at) => [at, at, NaN]),
    y: Array.from(right).flatMap((value, i) => [value, reached[i], NaN]),
  };
}

/** The largest |A x - b| of any row. @param {Fitted} fitted @param {ArrayLike<number>} x */
export function largestResidual({ rows, right }, x) {
  return product(rows, x).reduce((most, value, i) => Math.max(most, Math.abs(value - right[i])), 0);
}

/** The x of a run at point k; null if it has none there. @param {Run} run @param {number} k @param {number} n */
export function iterateAt({ points, places }, k, n) {
  const i = indexAt(points, k);
  return points[i] === k ? places.subarray(i * n, (i + 1) * n) : null;
}

/** The x that linear algebra predicts at k. @param {Pick<Scene, "spectrum" | "rate">} scene @param {number} k */
export function predictedAt({ spectrum, rate }, k) {
  return descend(spectrum, rate, [k]).places;
}

/** The x at which descent starts, and at which it ends. @param {Pick<Scene, "spectrum">} scene */
export function endsOf({ spectrum }) {
  return { start: spectrum.start, limit: limit(spectrum) };
}

/** How large a point is drawn among so many, as a share of its size among few. @param {number} count */
export function sizeAmong(count) {
  return Math.min(1, Math.max(0.3, Math.sqrt(24 / count)));
}
