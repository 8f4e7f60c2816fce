// The mark of one iteration in a chart: a ring, and a line if the iterations run along the x axis.

/** @import { PlotArea } from "./types.d.ts" */
import { setAll, svg } from "./elements.js";
import { areaOf, curvesOf, plotIn } from "./overlay.js";
import { keyed } from "./page.js";

const RADIUS = 9; // pixels
const FARTHEST = 1e5; // pixels; a point further away is not marked

/**
 * The position of each iteration in a chart, in the chart's units; null where nothing is drawn.
 * @typedef {object} MarkedChart
 * @property {string} key @property {(number | null)[]} x @property {(number | null)[]} y
 * @property {boolean} along  whether the iterations run along the x axis
 * @property {string} [name]  tells several marks in one chart apart
 * @property {string} [colour]  fills the ring
 */

/** The chart with this key, once it is drawn. @param {string} key */
function drawn(key) {
  const plot = plotIn(document.querySelector(keyed(key)));
  const curves = plot && curvesOf(plot), area = plot && areaOf(plot);
  return curves && area && { plot, curves, area };
}

/**
 * Mark point i in a chart. Returns whether it is in the chart's window, and true while nothing is drawn.
 * @param {MarkedChart} chart @param {number} i
 */
export function drawMark(chart, i) {
  const target = drawn(chart.key);
  if (!target) return true;
  const { curves, area } = target, [x, y] = positionOf(chart, area, i);
  const visible = Math.abs(x) < FARTHEST && Math.abs(y) < FARTHEST;
  if (chart.along && visible) setAll(mark(curves, "line"), { x1: x.toFixed(1), x2: x.toFixed(1), y1: 0, y2: area.height });
  const ring = mark(curves, "circle", chart.name);
  ring.style.display = visible ? "" : "none";
  ring.style.fill = chart.colour ?? "none";
  if (visible) setAll(ring, { cx: x.toFixed(1), cy: y.toFixed(1), r: RADIUS });
  return isOnAxis(x, area.width) && isOnAxis(y, area.height);
}

/** The index of the point nearest to a pointer; null if the pointer is not between the chart's axes. @param {MarkedChart} chart @param {PointerEvent} pointer */
export function nearest(chart, { clientX, clientY }) {
  const target = drawn(chart.key);
  if (!target) return null;
  const { plot, area } = target, box = plot.getBoundingClientRect();
  const x = clientX - box.left - area.left, y = clientY - box.top - area.top;
  if (x < 0 || y < 0 || x > area.width || y > area.height) return null;
  let index = null, least = Infinity;
  for (let i = 0; i < chart.x.length; i += 1) {
    const [across, up] = positionOf(chart, area, i);
    const distance = chart.along ? Math.abs(across - x) : Math.hypot(across - x, up - y);
    if (distance < least) [index, least] = [i, distance];
  }
  return index;
}

export function removeMarks() {
  for (const element of document.querySelectorAll(".lsedash-mark")) element.remove();
}

/** @param {number} position @param {number} length  in pixels */
function isOnAxis(position, length) {
  return position >= -1 && position <= length + 1;
}

/** The position of point i in pixels of the plot; nan where nothing is drawn. @param {MarkedChart} chart @param {PlotArea} area @param {number} i */
function positionOf({ x, y }, { across, up, left, top }, i) {
  return [across(x[i] ?? NaN) - left, up(y[i] ?? NaN) - top];
}

/** The mark of this shape and name in a chart, which is made if there is none yet. @param {Element} curves @param {"circle" | "line"} shape @param {string} name */
function mark(curves, shape, name = "") {
  const existing = curves.querySelector(`${shape}.lsedash-mark[data-name="${name}"]`);
  if (existing instanceof SVGElement) return existing;
  const created = svg(shape, { class: "lsedash-mark", "data-name": name });
  curves.append(created);
  return created;
}
