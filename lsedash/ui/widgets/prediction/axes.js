// Numbers on the axes of a board, as shares of its width or height, and back. No DOM.

/** @import { Axis } from "./types.d.ts" */
import { rounded, within } from "../../js/numbers.js";

const DIGITS = 4; // of a number that a hand marks
const FINE = 100, COARSE = 10; // steps along an axis

/** Where a number is on an axis, from 0 to 1. @param {Axis} axis @param {number} value */
export function shareOf({ low, high, log }, value) {
  const at = log ? Math.log(Math.max(value, Number.MIN_VALUE) / low) / Math.log(high / low) : (value - low) / (high - low);
  return within(at, 0, 1);
}

/** The number at a share of an axis. @param {Axis} axis @param {number} share */
export function valueAt({ low, high, log }, share) {
  const at = within(share, 0, 1);
  if (log) return rounded(low * (high / low) ** at, DIGITS);
  const step = (high - low) / 1000, value = low + at * (high - low);
  return rounded(Math.round(value / step) * step, DIGITS);
}

/** By how much a key moves a share along an axis; null for another key. @param {string} key @param {boolean} across  or up */
export function keyStep(key, across) {
  /** @type {Record<string, number>} */
  const steps = across
    ? { ArrowRight: 1 / FINE, ArrowLeft: -1 / FINE }
    : { ArrowUp: 1 / FINE, ArrowDown: -1 / FINE, PageUp: 1 / COARSE, PageDown: -1 / COARSE };
  return steps[key] ?? null;
}

/**
 * The handles of a curve that a pointer passes on its way, and what each becomes: those between two places, and the one
 * that it comes near, so that the last one need not be met exactly.
 * @param {number[]} shares  of the handles across @param {[number, number]} from  across and up @param {[number, number]} to
 * @returns {[index: number, share: number][]}
 */
export function passed(shares, from, to) {
  const near = shares.length > 1 ? (shares[1] - shares[0]) / 2 : 1, ahead = to[0] >= from[0];
  const left = ahead ? from[0] : to[0] - near, right = ahead ? to[0] + near : from[0];
  const between = shares.flatMap((share, i) => (share >= left && share <= right ? [i] : []));
  const nearest = shares.reduce((best, share, i) => (Math.abs(share - to[0]) < Math.abs(shares[best] - to[0]) ? i : best), 0);
  const indices = between.length ? between : [nearest];
  return indices.map((i) => [i, upAt(shares[i], from, to)]);
}

/** @param {number} across @param {[number, number]} from @param {[number, number]} to */
function upAt(across, from, to) {
  const width = to[0] - from[0];
  return width ? from[1] + within((across - from[0]) / width, 0, 1) * (to[1] - from[1]) : to[1];
}
