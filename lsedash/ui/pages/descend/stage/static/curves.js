// Curves of runs on the charts' axes. Plain data in, plain data out.

/** @import { Data, Run, View } from "../../../../js/types.d.ts" */
import { limit } from "../../../../js/closed-form.js";
import { describedPlace, directionNames, MOST_NAMED } from "./words.js";

const FARTHEST = 1e30; // window widths; beyond, a browser's coordinates (float32) overflow
const PIECES = 200; // of the parabola, in the window and on each side of it
const BOX = [[-1, -1, -1], [1, -1, -1], [1, 1, -1], [-1, 1, -1], [-1, -1, -1], [-1, -1, 1],
  [1, -1, 1], [1, 1, 1], [-1, 1, 1], [-1, -1, 1], null, [1, -1, -1], [1, -1, 1], null,
  [1, 1, -1], [1, 1, 1], null, [-1, 1, -1], [-1, 1, 1]]; // one walk along all edges of a cube

/** Losses for a log axis: 0 is replaced by its lower edge. @param {ArrayLike<number>} values @param {number} floor */
export function positive(values, floor) {
  return Array.from(values, (value) => (value > 0 ? value : floor));
}

/**
 * Contours, the parabola, or the edges of the box, as one line with gaps on the chart's axes.
 * @param {Data} data @param {View} view
 */
export function ground(data, view) {
  if (view.kind === "parabola") return parabola(data, view);
  if (view.kind === "space") return box(view);
  return view.toChart(data.path.lines, []);
}

/** @param {Data} data @param {View} view */
function parabola({ spectrum }, view) {
  const { singular, leastLoss, lossFactor = 1 } = spectrum, [end] = limit(spectrum);
  const [left, right] = view.window[0], margin = right - left; // the visitor may zoom out this far
  const x = Array.from({ length: 3 * PIECES + 1 }, (_, i) => left - margin + (margin * i) / PIECES);
  return { x, y: x.map((value) => leastLoss + 0.5 * lossFactor * (singular[0] ?? 0) ** 2 * (value - end) ** 2) };
}

/** @param {View} view */
function box(view) {
  const corners = BOX.map((corner) => corner?.map((side, q) => view.box[q][(side + 1) / 2]));
  return view.toChart(corners.flatMap((corner) => corner ?? [NaN, NaN, NaN]), []);
}

/**
 * A run's points on the path chart: up to the first one outside the window, and from there on.
 * @param {Data} data @param {View} view @param {Run} run
 * @param {number | null} exit  the k at which the path leaves the window
 */
export function drawable(data, view, run, exit) {
  const { x, y } = view.toChart(run.places, run.losses);
  const widths = view.window.map(([low, high]) => FARTHEST * (high - low));
  let end = x.findIndex((value, i) => !(Math.abs(value) < widths[0] && Math.abs(y[i]) < widths[1]));
  if (end < 0) end = x.length;
  let left = exit === null ? end : run.points.findIndex((k) => k >= exit) + 1;
  if (left === 0) left = end;
  const texts = describedPlaces(data, run);
  const part = (/** @type {number} */ from, /** @type {number} */ to) => ({
    x: x.slice(from, to), y: y.slice(from, to),
    customdata: texts.slice(from, to).map((text, i) => [run.points[from + i], run.losses[from + i], text]),
  });
  return { inside: part(0, Math.min(left, end)), outside: left < end ? part(left - 1, end) : part(0, 0) };
}

/** A text that Plotly shows as it is: it would take `<b>` and `<a href=...>` for HTML. @param {string} text */
export function plotlyText(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** "x₁ = 1.5, x₂ = -1.8<br>" for every point of a run; "" if x has many entries. @param {Data} data @param {Run} run */
export function describedPlaces(data, run) {
  const names = data.path.full ?? directionNames(data);
  const many = names.length > MOST_NAMED;
  return Array.from(run.points, (_, i) => (many ? "" : `${plotlyText(describedPlace(names, run.places, i))}<br>`));
}

/**
 * The indices of the points that carry a run's marker: a few, which differ from run to run because
 * the curves coincide.
 * @param {number} count  of the run's points @param {number} order  of the run @param {number} among  the number of runs
 */
export function marked(count, order, among) {
  const spacing = Math.max(among, Math.floor(count / 4)), chosen = [];
  for (let i = Math.floor((order * spacing) / among); i < count; i += spacing) chosen.push(i);
  return chosen;
}

/**
 * The radius of a run's ring, in pixels. Rings at one place lie inside each other, the first run's
 * outermost, so that each can be seen.
 * @param {number} order  of the run @param {number} among  the number of runs
 */
export function ringRadius(order, among) {
  return 11 - 8 * order / Math.max(among - 1, 4);
}
