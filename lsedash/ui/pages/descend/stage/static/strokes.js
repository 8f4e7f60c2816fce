// Paths of SVG through points of a chart, as texts. No DOM.

/** @import { Line, PlotArea } from "../../../../js/types.d.ts" */

const FARTHEST = 1e5; // pixels; a path is drawn up to its first point beyond
const APART = 6; // pixels between two predicted points drawn
const MOST_DOTS = 60; // of a preview; with more points it is a line only

export const STAR = Array.from({ length: 10 }, (_, i) => {
  const radius = i % 2 ? 4 : 10, angle = (Math.PI * i) / 5;
  return `${i ? "L" : "M"}${(radius * Math.sin(angle)).toFixed(2)},${(-radius * Math.cos(angle)).toFixed(2)}`;
}).join("");

const CIRCLE = "M5,0A5,5 0 1,1 -5,0A5,5 0 1,1 5,0Z";

/** @type {Record<string, string>} */
const GLYPHS = { // as Plotly names them, ten pixels wide
  circle: CIRCLE,
  square: "M-4.5,-4.5H4.5V4.5H-4.5Z",
  diamond: "M0,-6L6,0L0,6L-6,0Z",
  "triangle-up": "M0,-5.5L5.5,4.5H-5.5Z",
  x: "M-5,-3L-3,-5L0,-2L3,-5L5,-3L2,0L5,3L3,5L0,2L-3,5L-5,3L-2,0Z",
  star: STAR,
};

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
    const [x, y, reach] = nearer(across(path.x[i]), up(path.y[i]));
    if (Number.isNaN(x) || Number.isNaN(y)) break;
    const at = `${x.toFixed(2)},${y.toFixed(2)}`;
    if (i <= left) inside += `${i ? "L" : "M"}${at}`;
    if (i >= left) outside += `${i > left ? "L" : "M"}${at}`;
    if (i < left && !many) dots += `M${at}h0`;
    if (reach > 1) break;
  }
  return { inside, outside, dots };
}

/** A line, with gaps where a point is far away or not a number. @param {PlotArea} area @param {Line} line */
export function strokeWithGaps({ across, up }, line) {
  let d = "", pen = "M";
  for (let i = 0; i < line.x.length; i += 1) {
    const x = across(line.x[i]), y = up(line.y[i]);
    const near = Math.abs(x) < FARTHEST && Math.abs(y) < FARTHEST;
    if (near) d += `${pen}${x.toFixed(1)},${y.toFixed(1)}`;
    pen = near ? "L" : "M";
  }
  return d;
}

/** Dots at the points inside the area, as far as they can be told apart. @param {PlotArea} area @param {Line} path */
export function thinned(area, path) {
  let d = "", lastX = -FARTHEST, lastY = -FARTHEST;
  for (let i = 0; i < path.x.length; i += 1) {
    const x = area.across(path.x[i]), y = area.up(path.y[i]);
    if (!isInside(area, x, y) || Math.hypot(x - lastX, y - lastY) < APART) continue;
    d += `M${x.toFixed(1)},${y.toFixed(1)}h0`;
    [lastX, lastY] = [x, y];
  }
  return d;
}

/** Whether a point, in pixels, is between the axes. @param {PlotArea} area @param {number} x @param {number} y */
export function isInside({ left, top, width, height }, x, y) {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

/**
 * A point no further out than an SVG can draw, on the same ray from the corner; and how many times
 * further out it was.
 * @param {number} x @param {number} y
 */
function nearer(x, y) {
  const reach = Math.max(Math.abs(x), Math.abs(y)) / FARTHEST;
  return reach > 1 ? [x / reach, y / reach, reach] : [x, y, reach];
}

/**
 * Where a ray from a point inside an area meets its edge.
 * @param {PlotArea} area @param {number[]} point @param {number[]} direction  of length 1
 */
export function edgePoint({ left, top, width, height }, [x, y], [ux, uy]) {
  const reach = (/** @type {number[]} */ [at, unit, low, high]) => {
    if (unit === 0) return Infinity;
    return ((unit > 0 ? high : low) - at) / unit;
  };
  const t = Math.max(0, Math.min(reach([x, ux, left, left + width]), reach([y, uy, top, top + height])));
  return [x + t * ux, y + t * uy];
}
