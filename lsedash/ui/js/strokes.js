// SVG paths through points of a chart, as texts. No DOM.

/** @import { Line, PlotArea } from "./types.d.ts" */

const FARTHEST = 1e5; // pixels; a path is drawn up to its first point beyond
const BEYOND = 20; // pixels that a line may leave the area before it is cut
const SPACING = 6; // pixels between two dots of the prediction
const MOST_DOTS = 60; // of a preview; with more points it is a line only

export const STAR = polygon(10, 10, 4);

const CIRCLE = "M5,0A5,5 0 1,1 -5,0A5,5 0 1,1 5,0Z";

/** @type {Record<string, string>} */
const GLYPHS = { // all symbols of figures/style.py under Plotly's names, ten pixels wide
  circle: CIRCLE,
  square: "M-4.5,-4.5H4.5V4.5H-4.5Z",
  diamond: "M0,-6L6,0L0,6L-6,0Z",
  "triangle-up": "M0,-5.5L5.5,4.5H-5.5Z",
  x: "M-5,-3L-3,-5L0,-2L3,-5L5,-3L2,0L5,3L3,5L0,2L-3,5L-5,3L-2,0Z",
  star: STAR,
  cross: "M-5,-2H-2V-5H2V-2H5V2H2V5H-2V2H-5Z",
  "triangle-down": "M0,5.5L5.5,-4.5H-5.5Z",
  pentagon: polygon(5, 5.5),
  hexagon: polygon(6, 5.5),
  "triangle-left": "M-5.5,0L4.5,-5.5V5.5Z",
  "triangle-right": "M5.5,0L-4.5,5.5V-5.5Z",
};

/**
 * A polygon with its first corner on top.
 * @param {number} corners @param {number} radius @param {number} odd  the radius of every second corner
 */
function polygon(corners, radius, odd = radius) {
  const points = Array.from({ length: corners }, (_, i) => {
    const length = i % 2 ? odd : radius, angle = (2 * Math.PI * i) / corners;
    return `${(length * Math.sin(angle)).toFixed(2)},${(-length * Math.cos(angle)).toFixed(2)}`;
  });
  return `M${points.join("L")}Z`;
}

/** @param {string} symbol */
export function glyph(symbol = "circle") {
  return GLYPHS[symbol] ?? CIRCLE;
}

/**
 * A preview: a line up to index `left`, a hairline from there on, and dots where there are few points.
 * @param {PlotArea} area @param {Line} path @param {number} left
 */
export function previewPaths({ across, up }, path, left) {
  let inside = "", outside = "", dots = "";
  const many = path.x.length > MOST_DOTS;
  for (let i = 0; i < path.x.length; i += 1) {
    const [x, y, reach] = pulledIn(across(path.x[i]), up(path.y[i]));
    if (Number.isNaN(x) || Number.isNaN(y)) break;
    const point = `${x.toFixed(2)},${y.toFixed(2)}`;
    if (i <= left) inside += `${i ? "L" : "M"}${point}`;
    if (i >= left) outside += `${i > left ? "L" : "M"}${point}`;
    if (i < left && !many) dots += `M${point}h0`;
    if (reach > 1) break;
  }
  return { inside, outside, dots };
}

/** A line, with gaps where a point is far away or not a number. @param {PlotArea} area @param {Line} line */
export function strokeWithGaps({ across, up }, line) {
  let d = "", pen = "M";
  for (let i = 0; i < line.x.length; i += 1) {
    const x = across(line.x[i]), y = up(line.y[i]);
    const drawable = Math.abs(x) < FARTHEST && Math.abs(y) < FARTHEST;
    if (drawable) d += `${pen}${x.toFixed(1)},${y.toFixed(1)}`;
    pen = drawable ? "L" : "M";
  }
  return d;
}

/** Dots at the points inside the area; a point too close to the last dot is left out. @param {PlotArea} area @param {Line} path */
export function thinned(area, path) {
  let d = "", lastX = -FARTHEST, lastY = -FARTHEST;
  for (let i = 0; i < path.x.length; i += 1) {
    const x = area.across(path.x[i]), y = area.up(path.y[i]);
    if (!isInside(area, x, y) || Math.hypot(x - lastX, y - lastY) < SPACING) continue;
    d += `M${x.toFixed(1)},${y.toFixed(1)}h0`;
    [lastX, lastY] = [x, y];
  }
  return d;
}

/** Dots at the points inside the area, one for all that lie on one pixel. @param {PlotArea} area @param {Line} points */
export function dotsIn(area, points) {
  return pixelsIn(area, points).map(([x, y]) => `M${x.toFixed(1)},${y.toFixed(1)}h0`).join("");
}

/** Circles around the points inside the area. @param {PlotArea} area @param {Line} points @param {number} radius */
export function circlesIn(area, points, radius) {
  const arc = `a${radius},${radius} 0 1,1`;
  return pixelsIn(area, points)
    .map(([x, y]) => `M${(x - radius).toFixed(1)},${y.toFixed(1)}${arc} ${2 * radius},0${arc} ${-2 * radius},0`).join("");
}

/** @param {PlotArea} area @param {Line} points */
function pixelsIn(area, points) {
  const taken = new Set(), pixels = [];
  for (let i = 0; i < points.x.length; i += 1) {
    const x = area.across(points.x[i]), y = area.up(points.y[i]), pixel = FARTHEST * Math.round(x) + Math.round(y);
    if (!isInside(area, x, y) || taken.has(pixel)) continue;
    taken.add(pixel);
    pixels.push([x, y]);
  }
  return pixels;
}

/** A line with gaps, cut at the edges of the area: however steep it is, its part inside is drawn. @param {PlotArea} area @param {Line} line */
export function strokeWithin(area, line) {
  let d = "", pen = "";
  for (let i = 1; i < line.x.length; i += 1) {
    const ends = [i - 1, i].map((j) => [area.across(line.x[j]), area.up(line.y[j])]);
    const [from, to] = cut(area, ends).map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`);
    if (to === undefined) continue;
    d += from === pen ? `L${to}` : `M${from}L${to}`;
    pen = to;
  }
  return d;
}

/** The part of a segment that is in the area, or close to it: two points or none. @param {PlotArea} area @param {number[][]} ends @returns {number[][]} */
function cut({ left, top, width, height }, [a, b]) {
  const low = [left - BEYOND, top - BEYOND], high = [left + width + BEYOND, top + height + BEYOND];
  let first = 0, last = 1;
  for (const q of [0, 1]) {
    const way = b[q] - a[q];
    if (!Number.isFinite(way)) return [];
    const [one, other] = [(low[q] - a[q]) / way, (high[q] - a[q]) / way];
    if (way === 0 && (a[q] < low[q] || a[q] > high[q])) return [];
    if (way !== 0) [first, last] = [Math.max(first, Math.min(one, other)), Math.min(last, Math.max(one, other))];
  }
  if (first > last) return [];
  const at = (/** @type {number} */ t) => (t === 0 ? a : t === 1 ? b : a.map((value, q) => value + t * (b[q] - value)));
  return [at(first), at(last)];
}

/** Whether a point in pixels is inside the area. @param {PlotArea} area @param {number} x @param {number} y */
export function isInside({ left, top, width, height }, x, y) {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

/**
 * A point pulled in along its ray from the corner as far as an SVG can draw, and the factor by which
 * it was too far out.
 * @param {number} x @param {number} y
 */
function pulledIn(x, y) {
  const reach = Math.max(Math.abs(x), Math.abs(y)) / FARTHEST;
  return reach > 1 ? [x / reach, y / reach, reach] : [x, y, reach];
}

/**
 * The point where a ray from inside an area meets its edge.
 * @param {PlotArea} area @param {number[]} point @param {number[]} direction  of length 1
 */
export function edgePoint({ left, top, width, height }, [x, y], [ux, uy]) {
  const reach = (/** @type {number[]} */ [position, unit, low, high]) => {
    if (unit === 0) return Infinity;
    return ((unit > 0 ? high : low) - position) / unit;
  };
  const t = Math.max(0, Math.min(reach([x, ux, left, left + width]), reach([y, uy, top, top + height])));
  return [x + t * ux, y + t * uy];
}
