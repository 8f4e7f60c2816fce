// Descent in closed form, as in lsedash.theory: with A = U S V^T and c = V^T (x0 - x*),
//   x_k = x0 - V (1 - (1 - alpha lambda)^k) c,   loss_k = least_loss + 1/2 sum (1 - alpha lambda)^2k d^2,
// lambda = s^2 and d = S c. No DOM.

/** @import { Descent, Ranges, Spectrum } from "./types.d.ts" */

/** (1 - step)^k, accurate for a small step. @param {number} step @param {number} k */
export function power(step, k) {
  return step <= 0.5 ? Math.exp(k * Math.log1p(-step)) : (1 - step) ** k;
}

/** 1 - (1 - step)^k, accurate for a small step. @param {number} step @param {number} k */
export function covered(step, k) {
  return step <= 0.5 ? -Math.expm1(k * Math.log1p(-step)) : 1 - (1 - step) ** k;
}

/**
 * The place and the loss of descent at each k of `ks`.
 * @param {Spectrum} spectrum @param {number} rate @param {ArrayLike<number>} ks
 * @returns {Descent}
 */
export function descend(spectrum, rate, ks) {
  const { singular, residual, rows, start, leastLoss, lossFactor = 1 } = spectrum;
  const d = start.length, r = singular.length;
  const places = new Float64Array(ks.length * d), losses = new Float64Array(ks.length);
  for (let i = 0; i < ks.length; i += 1) {
    let excess = 0;
    places.set(start, i * d);
    for (let j = 0; j < r; j += 1) {
      if (residual[j] === 0) continue; // stays 0, though 0 * Infinity would be NaN
      const step = rate * (singular[j] * singular[j]), c = residual[j] / singular[j];
      excess += (power(step, ks[i]) * residual[j]) ** 2;
      const moved = covered(step, ks[i]) * c;
      for (let q = 0; q < d; q += 1) {
        if (rows[q * r + j] !== 0) places[i * d + q] -= moved * rows[q * r + j];
      }
    }
    losses[i] = leastLoss + 0.5 * lossFactor * excess;
  }
  return { places, losses };
}

/** The limit of descent, along the directions. @param {Spectrum} spectrum */
export function limit({ singular, residual, rows, start }) {
  const r = singular.length;
  return start.map((x, q) => singular.reduce((end, s, j) => end - rows[q * r + j] * residual[j] / s, x));
}

/** The loss of the start. @param {Spectrum} spectrum */
export function startLoss({ residual, leastLoss, lossFactor = 1 }) {
  return leastLoss + 0.5 * lossFactor * residual.reduce((sum, part) => sum + part ** 2, 0);
}

/**
 * The same system from another start, moved along the directions (which are orthonormal).
 * @param {Spectrum} spectrum @param {ArrayLike<number>} place  the new start, (d)
 * @returns {Spectrum}
 */
export function movedTo(spectrum, place) {
  const { singular, rows, start } = spectrum, r = singular.length;
  const residual = spectrum.residual.map((part, j) => start.reduce(
    (sum, x, q) => sum + singular[j] * rows[q * r + j] * (place[q] - x), part,
  ));
  return { ...spectrum, residual, start: Float64Array.from(place) };
}

/**
 * The first k at which descent is outside a window, or null if it stays inside up to the last.
 * @param {Spectrum} spectrum @param {number} rate @param {number} last
 * @param {Ranges} window  lower and upper edge of each direction
 */
export function leavesAt(spectrum, rate, last, window) {
  const { singular, residual, rows, start } = spectrum;
  const d = start.length, r = singular.length, end = limit(spectrum);
  const factors = singular.map((s) => 1 - rate * (s * s));
  const error = singular.map((s, j) => residual[j] / s); // c (1 - alpha lambda)^k, from k to k
  if (boundedBy(spectrum, factors, end, window)) return null;
  for (let k = 0; k <= last; k += 1) {
    for (let q = 0; q < d; q += 1) {
      let x = end[q];
      for (let j = 0; j < r; j += 1) if (rows[q * r + j] !== 0) x += rows[q * r + j] * error[j];
      if (!(x >= window[q][0] && x <= window[q][1])) return k;
    }
    for (let j = 0; j < r; j += 1) if (error[j] !== 0) error[j] *= factors[j];
  }
  return null;
}

/**
 * Whether every k must be inside, because no mode gets further from the limit than at the start.
 * @param {Spectrum} spectrum @param {Float64Array} factors @param {Float64Array} end @param {Ranges} window
 */
function boundedBy({ singular, residual, rows }, factors, end, window) {
  const r = singular.length;
  if (factors.some((factor, j) => Math.abs(factor) > 1 && residual[j] !== 0)) return false;
  return end.every((x, q) => {
    const reach = singular.reduce((sum, s, j) => sum + Math.abs(rows[q * r + j] * residual[j] / s), 0);
    return x - reach >= window[q][0] && x + reach <= window[q][1];
  });
}
