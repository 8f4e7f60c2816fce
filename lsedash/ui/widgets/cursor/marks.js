// The mark of one iteration in a chart of the page: a ring, and a line where iterations run along an axis.

/** @import { PlotArea } from "../../js/types.d.ts" */
import { setAll, svg } from "../../js/elements.js";
import { areaOf, curvesOf, plotIn } from "../../js/overlay.js";
import { keyed } from "../../js/page.js";

const RADIUS = 9; // pixels
const FARTHEST = 1e5; // pixels; what is further away is not marked

/**
 * Where a chart has each of the iterations, in its own units; null where it has not.
 * @typedef {object} MarkedChart
 * @property {string} key @property {(number | null)[]} x @property {(number | null)[]} y
 * @property {boolean} along  whether the iterations run along the x axis
 */

/** A chart of this key, once it is drawn. @param {string} key */
function drawn(key) {
  const plot = plotIn(document.querySelector(keyed(key)));
  const curves = plot && curvesOf(plot), area = plot && areaOf(plot);
  return curves && area && { plot, curves, area };
}

/**
 * Mark point i in a chart; whether it is in the chart's window, and true as long as nothing is drawn.
 * @param {MarkedChart} chart @param {number} i
 */
export function drawMark(chart, i) {
  const there = drawn(chart.key);
  if (!there) return true;
  const { curves, area } = there, [x, y] = at(chart, area, i);
  const seen = Math.abs(x) < FARTHEST && Math.abs(y) < FARTHEST;
  const ring = mark(curves, "circle");
  ring.style.display = seen ? "" : "none";
  if (seen) setAll(ring, { cx: x.toFixed(1), cy: y.toFixed(1), r: RADIUS });
  if (chart.along && seen) setAll(mark(curves, "line"), { x1: x.toFixed(1), x2: x.toFixed(1), y1: 0, y2: area.height });
  return isOnAxis(x, area.width) && isOnAxis(y, area.height);
}

/** The index of the point next to a pointer; null if the pointer is not between the chart's axes. @param {MarkedChart} chart @param {PointerEvent} pointer */
export function nearest(chart, { clientX, clientY }) {
  const there = drawn(chart.key);
  if (!there) return null;
  const { plot, area } = there, box = plot.getBoundingClientRect();
  const x = clientX - box.left - area.left, y = clientY - box.top - area.top;
  if (x < 0 || y < 0 || x > area.width || y > area.height) return null;
  let index = null, least = Infinity;
  for (let i = 0; i < chart.x.length; i += 1) {
    const [across, up] = at(chart, area, i);
    const distance = chart.along ? Math.abs(across - x) : Math.hypot(across - x, up - y);
    if (distance < least) [index, least] = [i, distance];
  }
  return index;
}

export function removeMarks() {
  for (const element of document.querySelectorAll(".lsedash-mark")) element.remove();
}

/** @param {number} place @param {number} length  in pixels */
function isOnAxis(place, length) {
  return place >= -1 && place <= length + 1;
}

/** Where a chart has point i, in pixels of its plot; nan where it has not. @param {MarkedChart} chart @param {PlotArea} area @param {number} i */
function at({ x, y }, { across, up, left, top }, i) {
  return [across(x[i] ?? NaN) - left, up(y[i] ?? NaN) - top];
}

/** The mark of this shape in a chart, made if there is none yet. @param {Element} curves @param {"circle" | "line"} shape */
function mark(curves, shape) {
  const found = curves.querySelector(`${shape}.lsedash-mark`);
  if (found instanceof SVGElement) return found;
  const made = svg(shape, { class: "lsedash-mark" });
  curves.append(made);
  return made;
}
