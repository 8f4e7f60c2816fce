// What each chart of the stage shows, in one sentence for those who hear the page. No DOM.

/** @import { Descent, Run, Scene } from "../../../../js/types.d.ts" */
/** @import { Fitted } from "../../../../js/fit.d.ts" */
import { indexAt, short } from "../../../../js/numbers.js";
import { descend, limit } from "../../../../js/closed-form.js";
import { isCurve } from "./fit.js";
import { describedPlace, describedResidual, directionNames } from "./words.js";

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const ALIKE = 1e-3; // relative; curves that differ less look the same

/** A curve with its ends: descent at some points k. @typedef {Descent & {points: ArrayLike<number>}} Curve */

/** @param {Scene} scene */
export function lossSentence(scene) {
  const place = (/** @type {Curve} */ { points, losses }, /** @type {number} */ i) => `${short(losses[i])} at k = ${points[i]}`;
  return `Loss on a log scale against the iteration, ${told(scene, "curve", place)}.`;
}

/** @param {Scene} scene */
export function pathSentence(scene) {
  const { data, spectrum, view } = scene, names = directionNames(data), { length } = spectrum.start;
  const axes = {
    plane: `${names[1]} against ${names[0]}`, parabola: `the loss against ${names[0]}`, space: names.join(", "), fit: "",
  }[view.kind];
  const place = (/** @type {Curve} */ { points, places }, /** @type {number} */ i) =>
    `${describedPlace(names, places.subarray(0, (i + 1) * length), i)} at k = ${points[i]}`;
  const end = describedPlace(names, Float64Array.from(limit(spectrum)), 0);
  const rows = data.lines ? ` over ${data.lines.right.length === 1 ? "one row of A x = b as a line" : `${data.lines.right.length} rows of A x = b as lines`}` : "";
  return `Path of the iterates, ${axes}${rows}, ${told(scene, "path", place)}; descent ends at ${end}.`;
}

/** @param {Scene} scene @param {Fitted} fitted */
export function fitSentence(scene, fitted) {
  const { length } = scene.spectrum.start, rows = fitted.right.length, [across, up] = fitted.axes;
  const points = rows === 1 ? "one point" : `${rows} points`;
  const shown = isCurve(fitted) ? `${points} of data and a curve, ${up} against ${across}` : `${points}, ${up} against ${across}`;
  const residual = (/** @type {ArrayLike<number>} */ x) => `a largest residual of ${describedResidual(scene.data, fitted, x)}`;
  const place = (/** @type {Curve} */ { points: ks, places }, /** @type {number} */ i) =>
    `${residual(places.subarray(i * length, (i + 1) * length))} at k = ${ks[i]}`;
  return `Fit: ${shown}, ${told(scene, "fit", place, (run, other) => run.places === other.places)}; at the limit ${residual(limit(scene.spectrum))}.`;
}

/** @param {Pick<Scene, "data" | "hidden">} scene */
export function apartSentence({ data: { runs, dtype, rounding }, hidden }) {
  const others = runs.slice(1).filter(({ key }) => !hidden.has(key)), { title } = runs[0];
  if (!others.length) return `Differences from ${title}: no other program is shown.`;
  const largest = Math.max(...others.flatMap(({ apart }) => Array.from(apart)));
  const most = largest > 0 ? `at most ${short(largest)}` : "exactly 0";
  return `Differences in x from ${title} on a log scale against the iteration, ${programs(others)}: ${most}; `
    + `one ${dtype} rounding of x is ${short(rounding)}.`;
}

/**
 * The curves that are shown and their ends.
 * @param {Scene} scene @param {string} noun @param {(curve: Curve, i: number) => string} place  of point i
 * @param {(run: Run, other: Run) => boolean} [alike]  whether two runs look the same
 */
function told({ data, hidden, previewed, spectrum, rate }, noun, place, alike = coincide) {
  const ends = (/** @type {Curve} */ curve) => `from ${place(curve, 0)} to ${place(curve, curve.points.length - 1)}`;
  if (previewed) return `as theory predicts, ${ends({ points: data.ks, ...descend(spectrum, rate, data.ks) })}`;
  const runs = data.runs.filter(({ key, points }) => !hidden.has(key) && points.length);
  if (!runs.length) return "no program";
  if (runs.length === 1) return `one program, ${ends(runs[0])}`;
  if (runs.every((run) => alike(run, runs[0]))) return `${programs(runs)} on one ${noun}, ${ends(runs[0])}`;
  return `${programs(runs)} on different ${noun}s: ${runs.map((run) => `${run.title} ${ends(run)}`).join("; ")}`;
}

/** @param {Run[]} runs */
function programs({ length }) {
  return length === 1 ? "one program" : `${NUMBERS[length] ?? length} programs`;
}

/** Whether two runs look the same: equally long, with losses that are alike. @param {Run} run @param {Run} other */
function coincide(run, other) {
  if (run.points.at(-1) !== other.points.at(-1)) return false;
  return Array.from(run.points).every((k, i) => {
    const j = indexAt(other.points, k), [a, b] = [run.losses[i], other.losses[j]];
    return other.points[j] !== k || Math.abs(a - b) <= ALIKE * Math.max(Math.abs(a), Math.abs(b)) + Number.MIN_VALUE;
  });
}
