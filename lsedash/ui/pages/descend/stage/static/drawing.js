// Our two SVGs on the axes of a Plotly chart, one under its curves and one over them. At every mouse
// move we only write a path's `d`; a redraw by Plotly would be three times too slow.

/** @import { Line, PlotArea, Spot } from "../../../../js/types.d.ts" */
import { setAll, svg } from "../../../../js/elements.js";
import { areaOf, rangesOf } from "../../../../js/overlay.js";
import { ringRadius } from "./curves.js";
import { edgePoint, glyph, isInside, previewPaths, STAR, strokeWithGaps, thinned } from "../../../../js/strokes.js";

/** @type {PlotArea} */
const NOWHERE = { left: 0, top: 0, width: 0, height: 0, across: () => NaN, up: () => NaN, back: () => [NaN, NaN] };

export class Drawing {
  /** The area between the chart's axes; NOWHERE until the chart is drawn. */
  area = NOWHERE;

  /** @param {HTMLElement} box  the element that holds the chart @param {HTMLElement} plot  Plotly's element @param {string} name  of the preview */
  constructor(box, plot, name) {
    this.plot = plot;
    this.svg = svg("svg", { class: "overlay" });
    this.clip = svg("rect");
    const clipping = svg("clipPath", { id: `clip-${Math.random().toString(36).slice(2)}` });
    clipping.append(this.clip);
    const clipped = { "clip-path": `url(#${clipping.id})` };
    const under = svg("svg", { class: "overlay" }), inside = svg("g", clipped);
    this.ground = svg("path", { class: "ground", ...clipped });
    this.markers = svg("g", { class: "markers" });
    this.preview = svg("path", { class: "preview", "data-testid": name });
    this.outside = svg("path", { class: "preview-outside" });
    this.dots = svg("path", { class: "preview-dots" });
    this.predicted = svg("path", { class: "predicted" });
    this.trail = svg("path", { class: "trail" });
    this.cursor = svg("line", { class: "cursor" });
    this.rings = svg("g", { class: "balls" });
    this.arrow = svg("g", { class: "leaves" });
    this.limit = svg("g", { class: "limit" });
    under.append(this.ground);
    inside.append(this.markers, this.predicted, this.cursor, this.outside, this.preview, this.dots, this.trail, this.rings);
    this.svg.append(clipping, inside, this.arrow, this.limit);
    box.prepend(under);
    box.append(this.svg);
  }

  get ready() {
    return this.area !== NOWHERE;
  }

  /** Measure the chart's area again. */
  measure() {
    this.area = areaOf(this.plot) ?? NOWHERE;
    const { left, top, width, height } = this.area;
    setAll(this.clip, { x: left, y: top, width, height });
  }

  /** The ranges that the axes show, [[left, right], [bottom, top]]. */
  ranges() {
    return rangesOf(this.plot);
  }

  /**
   * Draw the preview through points of the chart; from index `left` on it is a hairline.
   * @param {Line} path @param {number} left
   */
  drawPreview(path = { x: [], y: [] }, left = Infinity) {
    const { inside, outside, dots } = previewPaths(this.area, path, left);
    this.preview.setAttribute("d", inside);
    this.outside.setAttribute("d", outside);
    this.dots.setAttribute("d", dots);
  }

  /** Draw a line with gaps under the curves. @param {Line} line */
  drawGround(line) {
    this.ground.setAttribute("d", strokeWithGaps(this.area, line));
  }

  /** Draw the curve that the playback has left behind. @param {Line} line */
  drawTrail(line) {
    this.trail.setAttribute("d", strokeWithGaps(this.area, line));
  }

  /** Draw markers on the curves. @param {Spot[]} spots */
  drawMarkers(spots) {
    const { across, up } = this.area;
    this.markers.replaceChildren(...spots.map(({ x, y, colour, symbol }) => svg("path", {
      d: glyph(symbol), fill: colour,
      transform: `translate(${across(x).toFixed(1)},${up(y).toFixed(1)})`,
    })));
  }

  /** Draw dots at the points of a path that are in the window, not too close to each other. @param {Line} path */
  drawPredicted(path) {
    this.predicted.setAttribute("d", thinned(this.area, path));
  }

  /**
   * Draw a star at the limit, with its name on the side away from the start.
   * @param {{x: number, y: number}} end @param {{x: number, y: number}} start
   */
  drawLimit(end, start) {
    const { left, top, width, height, across, up } = this.area;
    const x = across(end.x), y = up(end.y);
    const right = x >= across(start.x), below = y > up(start.y);
    const name = svg("text", {
      x: x + (right ? 12 : -12), y: below && y < top + height - 24 ? y + 20 : y - 10,
      "text-anchor": right && x < left + width - 50 ? "start" : "end",
    });
    name.textContent = "limit";
    this.limit.replaceChildren(svg("path", { d: STAR, transform: `translate(${x},${y})` }), name);
    this.limit.toggleAttribute("hidden", !isInside(this.area, x, y));
  }

  /** Draw a ring where each run is at the point of the playback. @param {Spot[]} spots */
  drawRings(spots) {
    const { across, up } = this.area;
    this.rings.replaceChildren(...spots.map(({ x, y, colour }, order) => svg("circle", {
      cx: across(x), cy: up(y), r: ringRadius(order, spots.length), fill: colour,
    })));
  }

  /** Draw an upright line at the k of the playback. @param {number | null} k  null for no line */
  drawCursor(k) {
    this.cursor.toggleAttribute("hidden", k === null);
    if (k === null) return;
    const { top, height, across } = this.area, x = across(k);
    setAll(this.cursor, { x1: x, x2: x, y1: top, y2: top + height });
  }

  /**
   * Draw an arrow at the edge of the window where a path leaves it.
   * @param {Line | null} step  from a point inside to a point outside; null for no arrow @param {string} text
   */
  drawArrow(step, text = "") {
    this.arrow.replaceChildren();
    if (!step) return;
    const { left, top, width, height, across, up } = this.area;
    const [x0, x1] = Array.from(step.x, across), [y0, y1] = Array.from(step.y, up);
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (!Number.isFinite(length) || length === 0) return;
    const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
    const [x, y] = edgePoint(this.area, [x0, y0], [ux, uy]);
    const [bx, by] = [x - 15 * ux, y - 15 * uy];
    const words = svg("text", {
      x: Math.min(Math.max(x - 34 * ux, left + 60), left + width - 60),
      y: Math.min(Math.max(y - 34 * uy, top + 16), top + height - 8),
    });
    words.textContent = text;
    this.arrow.append(svg("path", {
      class: "head", d: `M${x},${y}L${bx - 7 * uy},${by + 7 * ux}L${bx + 7 * uy},${by - 7 * ux}Z`,
    }), words);
  }
}
