// The row picture, each row of A x = b a line in the plane of two unknowns, and what is near the pointer.
// Plain data in, plain data out. No DOM.

/** @import { Line, PlotArea, Ranges } from "../../../../js/types.d.ts" */
/** @import { RowLines } from "../../../../js/fit.d.ts" */

const PIECES = 120; // of a line
const NEAR = 16; // pixels from a point
const NEAR_LINE = 8; // and from a line

/** Points of line i, through a window and beyond it. @param {RowLines} lines @param {number} i @param {Ranges} window @returns {Line} */
export function rowLine(lines, i, window) {
  const [a1, a2] = rowOf(lines, i), length = Math.hypot(a1, a2);
  const [x, y] = footOf(lines, i, window.map(([low, high]) => (low + high) / 2));
  const reach = Math.hypot(...window.map(([low, high]) => high - low));
  const steps = Array.from({ length: PIECES + 1 }, (_, step) => reach * ((2 * step) / PIECES - 1));
  return { x: steps.map((s) => x - (s * a2) / length), y: steps.map((s) => y + (s * a1) / length) };
}

/** The point of line i that is nearest to x. @param {RowLines} lines @param {number} i @param {ArrayLike<number>} x */
export function footOf(lines, i, x) {
  const [a1, a2] = rowOf(lines, i), length = Math.hypot(a1, a2), far = residualOf(lines, i, x) / length;
  return [x[0] - (far * a1) / length, x[1] - (far * a2) / length];
}

/** A x - b in line i's row. @param {RowLines} lines @param {number} i @param {ArrayLike<number>} x */
export function residualOf(lines, i, x) {
  const [a1, a2] = rowOf(lines, i);
  return a1 * x[0] + a2 * x[1] - lines.right[i];
}

/** From x straight to every line, with gaps; on axes to scale its length is |A x - b| / |row|. @param {RowLines} lines @param {ArrayLike<number>} x @returns {Line} */
export function distances(lines, x) {
  const feet = Array.from(lines.right, (_, i) => footOf(lines, i, x));
  return { x: feet.flatMap(([at]) => [x[0], at, NaN]), y: feet.flatMap(([, at]) => [x[1], at, NaN]) };
}

/** The line near a pixel, and the pixel; null if none is near. @param {PlotArea} area @param {RowLines} lines @param {[number, number]} pixel */
export function nearestLine(area, lines, [x, y]) {
  const place = area.back(x, y), next = area.back(x + 1, y + 1);
  const far = Array.from(lines.right, (_, i) => {
    const [a1, a2] = rowOf(lines, i);
    return Math.abs(residualOf(lines, i, place)) / Math.hypot(a1 * (next[0] - place[0]), a2 * (next[1] - place[1]));
  });
  const i = least(far);
  return i >= 0 && far[i] <= NEAR_LINE ? { i, x, y } : null;
}

/** The point near a pixel, and its own pixel; null if none is near. @param {Pick<PlotArea, "across" | "up">} area @param {Line} points @param {[number, number]} pixel */
export function nearest(area, points, [x, y]) {
  const places = Array.from(points.x, (at, i) => [area.across(at), area.up(points.y[i])]);
  const far = places.map((place) => Math.hypot(place[0] - x, place[1] - y)), i = least(far);
  return i >= 0 && far[i] <= NEAR ? { i, x: places[i][0], y: places[i][1] } : null;
}

/** The index of the least value; -1 if there is none. @param {number[]} values */
function least(values) {
  return values.reduce((best, value, i) => (value < (values[best] ?? Infinity) ? i : best), -1);
}

/** @param {RowLines} lines @param {number} i */
function rowOf({ rows }, i) {
  return [rows[2 * i], rows[2 * i + 1]];
}
