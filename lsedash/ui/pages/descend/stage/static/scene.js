// The drawings over and under the charts: contours, start and limit, the preview, the prediction,
// markers, the arrow, and the position of every program at one k.

/** @import { Data, Line, Run, Scene, Spot } from "../../../../js/types.d.ts" */
/** @import { Drawing } from "./drawing.js" */
/** @import { StartHandle } from "./start-handle.js" */
import { indexAt, short } from "../../../../js/numbers.js";
import { descend, limit, startLoss } from "../../../../js/closed-form.js";
import { drawable, ground, marked, positive } from "./curves.js";
import { describedPoint } from "./words.js";

/** @typedef {{path: Drawing, loss: Drawing}} Drawings */

/** Draw the start and the limit. @param {Drawings} drawings @param {StartHandle} handle @param {Scene} scene */
export function traceEnds({ path }, handle, { spectrum, view }) {
  if (view.kind === "fit") {
    handle.hide();
    path.dropLimit();
    return;
  }
  const from = view.toChart(spectrum.start, [startLoss(spectrum)]);
  const to = view.toChart(limit(spectrum), [spectrum.leastLoss]);
  handle.show(from.x[0], from.y[0], view.kind);
  path.drawLimit({ x: to.x[0], y: to.y[0] }, { x: from.x[0], y: from.y[0] });
}

/** Draw what playback and preview do not change: contours, the prediction, the markers. @param {Drawings} drawings @param {Scene} scene */
export function traceGround({ path, loss }, { data, view, hidden, left }) {
  path.drawGround(ground(data, view));
  const ks = longestRun(data).points;
  const { places, losses } = predicted({ spectrum: data.spectrum, rate: data.rate.value, view }, ks);
  path.drawPredicted(view.toChart(places, losses));
  const floor = 10 ** data.loss.window[0];
  loss.drawGround({ x: ks, y: positive(losses, floor) });
  path.drawMarkers(markers(data, hidden, (run) => drawable(data, view, run, left).inside));
  loss.drawMarkers(markers(data, hidden, (run) => ({ x: run.points, y: positive(run.losses, floor) })));
}

/** Descent in closed form; without places if no path is shown. @param {Pick<Scene, "spectrum" | "rate" | "view">} scene @param {ArrayLike<number>} ks */
function predicted({ spectrum, rate, view }, ks) {
  const none = new Float64Array();
  return descend(view.kind === "fit" ? { ...spectrum, start: none, rows: none } : spectrum, rate, ks);
}

/** The run that has the most points. @param {Pick<Data, "runs">} data */
export function longestRun({ runs }) {
  return runs.reduce((a, b) => (b.points.length > a.points.length ? b : a));
}

/**
 * The markers of the runs that are shown.
 * @param {Data} data @param {Set<string>} hidden @param {(run: Run) => Line} curveOf @returns {Spot[]}
 */
function markers({ runs }, hidden, curveOf) {
  return runs.flatMap((run, order) => {
    if (hidden.has(run.key)) return [];
    const { x, y } = curveOf(run);
    return marked(x.length, order, runs.length)
      .map((i) => ({ x: x[i], y: y[i], colour: run.colour, symbol: run.symbol }));
  });
}

/**
 * Draw the closed form as a curve; nothing once the programs have answered.
 * @param {Drawings} drawings @param {Scene} scene @param {number | null} exit
 */
export function tracePreview({ path, loss }, { previewed, spectrum, rate, data, view }, exit) {
  if (!previewed) {
    path.drawPreview();
    loss.drawPreview();
    loss.drawArrow(null);
    return;
  }
  const { places, losses } = predicted({ spectrum, rate, view }, data.ks);
  const left = exit === null ? Infinity : data.ks.findIndex((k) => k >= exit);
  path.drawPreview(view.toChart(places, losses), left);
  const [floor, top] = loss.ranges()[1].map((exponent) => 10 ** exponent);
  const y = positive(losses, floor), beyond = y.findIndex((value) => value > top);
  loss.drawPreview({ x: data.ks, y });
  loss.drawArrow(beyond > 0 ? {
    x: [data.ks[beyond - 1], data.ks[beyond]], y: [y[beyond - 1], Math.min(y[beyond], 1e300)],
  } : null, `up to ${short(Math.max(...losses))}`);
}

/**
 * Show where the path leaves the window; returns the iteration, or null if it stays inside or began outside.
 * @param {Drawings} drawings @param {Scene} scene
 */
export function traceExit({ path }, { spectrum, rate, data, view }) {
  const exit = view.leavesAt(spectrum, rate, data.iterations, view.window);
  if (!exit) {
    path.drawArrow(null);
    return null;
  }
  const { places, losses } = descend(spectrum, rate, [exit - 1, exit]);
  path.drawArrow(view.toChart(places, losses), `left at k = ${exit}`);
  return exit;
}

/**
 * Show where every program, or the preview, is at one k; returns a description.
 * @param {Drawings} drawings @param {Scene} scene @param {number} k
 */
export function tracePoint({ path, loss }, scene, k) {
  const points = scene.previewed ? [predictedPoint(scene, k)] : measuredPoints(scene, k);
  drawTrail({ path, loss }, scene, k);
  path.drawRings(points.map((point) => point.path));
  loss.drawRings(points.map((point) => point.loss));
  path.drawCursor(null);
  loss.drawCursor(points.length ? k : null);
  return points[0]?.words() ?? "";
}

/** Draw the curve of the longest run up to k, if it is to stand out. @param {Drawings} drawings @param {Scene} scene @param {number} k */
function drawTrail({ path, loss }, { data, view, trail, previewed }, k) {
  const run = longestRun(data), end = trail && !previewed ? indexAt(run.points, k) + 1 : 0;
  const losses = run.losses.subarray(0, end);
  path.drawTrail(view.toChart(run.places.subarray(0, end * data.spectrum.start.length), losses));
  loss.drawTrail({ x: run.points.subarray(0, end), y: positive(losses, 10 ** data.loss.window[0]) });
}

/** @param {Scene} scene @param {number} k */
function measuredPoints({ data, hidden, view }, k) {
  return data.runs.flatMap((run) => {
    const i = indexAt(run.points, k), d = data.spectrum.start.length;
    if (hidden.has(run.key) || run.points[i] !== k) return [];
    const { x, y } = view.toChart(run.places.subarray(i * d, (i + 1) * d), [run.losses[i]]);
    return [{
      path: { x: x[0], y: y[0], colour: run.colour },
      loss: { x: k, y: run.losses[i] || 10 ** data.loss.window[0], colour: run.colour },
      words: () => describedPoint(data, run, i),
    }];
  });
}

/** @param {Scene} scene @param {number} k */
function predictedPoint({ view, data, theme, spectrum, rate }, k) {
  const { places, losses } = descend(spectrum, rate, [k]), colour = theme.ink;
  const { x, y } = view.toChart(places, losses), [height] = positive(losses, 10 ** data.loss.window[0]);
  return {
    path: { x: x[0], y: y[0], colour }, loss: { x: k, y: height, colour },
    words: () => describedPoint(data, { places, losses }, 0),
  };
}
