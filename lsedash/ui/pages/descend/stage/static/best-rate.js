// The learning rate that leaves the smallest loss after a number of iterations, as in lsedash.theory:
// where the slope of the loss over the rate, of the sign of -sum d^2 lambda (1 - alpha lambda)^(2N - 1),
// changes its sign. Logarithms hold these powers, floats do not. No DOM.

/** @import { Spectrum } from "../../../../js/types.d.ts" */

/**
 * The best rate for `iterations` iterations, or null if every rate leaves the same loss.
 * @param {Pick<Spectrum, "singular" | "residual" | "rounding">} spectrum @param {number} iterations
 */
export function bestRate({ singular, residual, rounding }, iterations) {
  const excess = 0.5 * residual.reduce((sum, part) => sum + part ** 2, 0);
  const modes = Array.from(singular, (s, j) => ({
    curvature: s * s, weight: 2 * Math.log(Math.abs(residual[j])) + Math.log(s * s),
  })).filter(({ curvature, weight }) => curvature > 0 && weight > -Infinity);
  if (iterations < 1 || excess <= rounding || !modes.length) return null;
  const curvatures = modes.map(({ curvature }) => curvature);
  let [low, high] = [Math.max, Math.min].map((extreme) => Math.min(1 / extreme(...curvatures), Number.MAX_VALUE));
  for (;;) {
    const middle = Math.sqrt(low) * Math.sqrt(high);
    if (!(low < middle && middle < high)) return low;
    if (falls(modes, middle, 2 * iterations - 1)) low = middle;
    else high = middle;
  }
}

/**
 * Whether the loss falls as the rate grows.
 * @param {{curvature: number, weight: number}[]} modes  the weight is log(d^2 lambda)
 * @param {number} rate @param {number} exponent
 */
function falls(modes, rate, exponent) {
  const terms = modes.map(({ curvature, weight }) => {
    const step = rate * curvature, size = step < 1 ? Math.log1p(-step) : Math.log(step - 1);
    return { sign: Math.sign(1 - step), log: weight + exponent * size };
  });
  const largest = Math.max(...terms.map(({ log }) => log));
  if (largest === -Infinity) return false; // every mode is solved in one step
  return terms.reduce((sum, { sign, log }) => sum + sign * Math.exp(log - largest), 0) > 0;
}
