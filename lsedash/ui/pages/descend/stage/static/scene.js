// What lies over and under the charts, drawn from the stage's state: contours, start and limit, the
// preview, the prediction, markers, the arrow, and where every program is at one k.

import { drawable, ground, marked, positive } from "./charts.js";
import { descend, limit, startLoss } from "./closed-form.js";
import { indexAt, short } from "./data.js";
import { describedPoint } from "./words.js";

/** @typedef {object} Stage  as in stage.js: data, view, spectrum, rate, charts, previewed, ... */

/** Where descent begins and ends. */
export function traceEnds({ spectrum, view, start, charts }) {
  const from = view.toChart(spectrum.start, [startLoss(spectrum)]);
  const to = view.toChart(limit(spectrum), [spectrum.leastLoss]);
  start.show(from.x[0], from.y[0]);
  charts.path.overlay.drawLimit(to.x[0], to.y[0], from.x[0], from.y[0]);
}

/** What stands still: contours, the prediction, the runs' markers. */
export function traceGround(stage) {
  const { view, data, left } = stage, { path, loss } = stage.charts;
  traceEnds(stage);
  path.overlay.drawGround(ground(data, view));
  const ks = stage.longest.points, { places, losses } = descend(data.spectrum, data.rate.value, ks);
  path.overlay.drawPredicted(view.toChart(places, losses));
  const floor = 10 ** data.loss.window[0];
  loss.overlay.drawGround({ x: ks, y: positive(losses, floor) });
  path.overlay.drawMarkers(marks(stage, (run) => drawable(data, view, run, left).inside));
  loss.overlay.drawMarkers(marks(stage, (run) => ({ x: run.points, y: positive(run.losses, floor) })));
}

/** Where the markers of the runs that are shown belong. */
function marks({ data: { runs }, hidden }, curveOf) {
  return runs.flatMap((run, order) => {
    if (hidden.has(run.key)) return [];
    const { x, y } = curveOf(run);
    return marked(x.length, order, runs.length)
      .map((i) => ({ x: x[i], y: y[i], colour: run.colour, symbol: run.symbol }));
  });
}

/** The closed form as a curve; nothing once the programs have answered. */
export function tracePreview({ charts: { path, loss }, previewed, spectrum, rate, data, view, exit }) {
  if (!previewed) {
    path.overlay.drawPreview();
    loss.overlay.drawPreview();
    loss.overlay.drawArrow(null);
    return;
  }
  const { places, losses } = descend(spectrum, rate, data.ks);
  const left = exit === null ? Infinity : data.ks.findIndex((k) => k >= exit);
  path.overlay.drawPreview(view.toChart(places, losses), left);
  const [floor, top] = loss.overlay.ranges()[1].map((exponent) => 10 ** exponent);
  const curve = { x: data.ks, y: positive(losses, floor) };
  loss.overlay.drawPreview(curve);
  const over = curve.y.findIndex((value) => value > top);
  loss.overlay.drawArrow(over > 0 ? {
    x: [curve.x[over - 1], curve.x[over]], y: [curve.y[over - 1], Math.min(curve.y[over], 1e300)],
  } : null, `up to ${short(Math.max(...losses))}`);
}

/** The iteration at which the path leaves the window, null if it does not or began outside. */
export function traceExit({ charts, spectrum, rate, data, view }) {
  const { overlay } = charts.path;
  const exit = view.leavesAt(spectrum, rate, data.iterations, view.window);
  if (!exit) {
    overlay.drawArrow(null);
    return null;
  }
  const { places, losses } = descend(spectrum, rate, [exit - 1, exit]);
  overlay.drawArrow(view.toChart(places, losses), `left at k = ${exit}`);
  return exit;
}

/** Where every program is at one k; in words. */
export function showPoint({ data, hidden, view, charts }, k) {
  const on = { path: [], loss: [] };
  let words = "";
  for (const run of data.runs) {
    const i = indexAt(run.points, k), d = data.spectrum.start.length;
    if (hidden.has(run.key) || run.points[i] !== k) continue;
    const { x, y } = view.toChart(run.places.subarray(i * d, (i + 1) * d), [run.losses[i]]);
    on.path.push({ x: x[0], y: y[0], colour: run.colour });
    on.loss.push({ x: k, y: run.losses[i] || 10 ** data.loss.window[0], colour: run.colour });
    words ||= describedPoint(data, run, i);
  }
  for (const name of ["path", "loss"]) {
    charts[name].overlay.drawBalls(on[name], name === "loss");
  }
  return words;
}

/** The same of a preview: one ball, where the closed form says. */
export function showPredicted({ view, data, spectrum, rate, charts }, k) {
  const { places, losses } = descend(spectrum, rate, [k]), colour = data.theme.ink;
  const { x, y } = view.toChart(places, losses);
  charts.path.overlay.drawBalls([{ x: x[0], y: y[0], colour }]);
  const [height] = positive(losses, 10 ** data.loss.window[0]);
  charts.loss.overlay.drawBalls([{ x: k, y: height, colour }], true);
  return describedPoint(data, { places, losses }, 0);
}
