// Our two SVGs on the axes of a Plotly chart, one under its curves and one over them. At every mouse
// move we only write a path's `d`; a redraw by Plotly would be three times too slow.

/** @import { Line, PlotArea, Spot } from "../../../../js/types.d.ts" */
/** @import { Box, Spelt } from "./labels.js" */
import { setAll, svg } from "../../../../js/elements.js";
import { areaOf, rangesOf } from "../../../../js/overlay.js";
import { ringRadius } from "./curves.js";
import { edgePoint, glyph, isInside, previewPaths, STAR, strokeWithGaps, thinned } from "../../../../js/strokes.js";
import { boxOf, firstFree } from "./labels.js";

/** @type {PlotArea} */
const NOWHERE = { left: 0, top: 0, width: 0, height: 0, across: () => NaN, up: () => NaN, back: () => [NaN, NaN] };

export class Drawing {
  /** The area between the chart's axes; NOWHERE until the chart is drawn. */
  area = NOWHERE;

  letters = 1; // how many times as large as usual they are

  /** What words must not cover, by name. @type {Record<string, Box>} */
  boxes = {};

  /** @param {HTMLElement} box  the element that holds the chart @param {HTMLElement} plot  Plotly's element @param {string} name  of the preview */
  constructor(box, plot, name) {
    this.plot = plot;
    this.svg = svg("svg", { class: "overlay" });
    this.clip = svg("rect");
    const clipping = svg("clipPath", { id: `clip-${Math.random().toString(36).slice(2)}` });
    clipping.append(this.clip);
    const clipped = { "clip-path": `url(#${clipping.id})` };
    const under = svg("svg", { class: "overlay" }), inside = svg("g", clipped);
    this.clipped = clipped;
    this.ground = svg("path", { class: "ground", ...clipped });
    this.ghost = svg("path", { class: "ghost", ...clipped });
    this.ghostName = svg("text", { class: "ghost" });
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
    under.append(this.ground, this.ghost);
    inside.append(this.predicted, this.cursor, this.outside, this.preview, this.dots, this.trail);
    this.svg.append(clipping, this.markers, inside, this.rings, this.arrow, this.limit, this.ghostName);
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

  /** The spots in the window. None is cut at its edge: each is drawn as a whole, or not at all. @param {Spot[]} spots */
  inside(spots) {
    const { across, up } = this.area;
    return spots.filter(({ x, y }) => isInside(this.area, across(x), up(y)));
  }

  /** Draw a faint line under the curves, with words at one of some places. @param {Line} line @param {string} words @param {Spelt[]} spots */
  drawGhost(line, words, spots) {
    this.ghost.setAttribute("d", strokeWithGaps(this.area, line));
    this.ghostName.textContent = words;
    delete this.boxes.ghost;
    if (words) this.write("ghost", this.ghostName, spots);
  }

  /** Draw the curve that the playback has left behind. @param {Line} line */
  drawTrail(line) {
    this.trail.setAttribute("d", strokeWithGaps(this.area, line));
  }

  /** Draw markers on the curves. @param {Spot[]} spots */
  drawMarkers(spots) {
    const { across, up } = this.area;
    this.markers.replaceChildren(...this.inside(spots).map(({ x, y, colour, symbol }) => svg("path", {
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
    const { across, up } = this.area;
    const x = across(end.x), y = up(end.y);
    const right = x >= across(start.x), below = y > up(start.y);
    const inside = isInside(this.area, x, y), name = svg("text");
    this.limit.replaceChildren(svg("path", { d: STAR, transform: `translate(${x},${y})` }), name);
    this.limit.toggleAttribute("hidden", !inside);
    name.textContent = "limit";
    /** @type {Spelt[]} */
    const spots = [[x + 12, y - 10, "start"], [x - 12, y - 10, "end"], [x + 12, y + 20 * this.letters, "start"], [x - 12, y + 20 * this.letters, "end"]];
    if (!right) spots.reverse();
    if (below === right) spots.unshift(spots.splice(2, 1)[0]);
    delete this.boxes.limit;
    if (inside) this.boxes.star = { left: x - 10, right: x + 10, top: y - 10, bottom: y + 10 };
    else delete this.boxes.star;
    if (inside) this.write("limit", name, spots);
  }

  /** Draw no limit, and forget what words must not cover. */
  dropLimit() {
    this.limit.replaceChildren();
    this.boxes = {};
  }

  /**
   * Put words at the first of some places where they cover nothing that was drawn before.
   * @param {string} key  of the words @param {SVGElement} words @param {Spelt[]} spots
   */
  write(key, words, spots) {
    const text = words.textContent ?? "", { left, top, width, height } = this.area;
    const others = Object.entries(this.boxes).filter(([name]) => name !== key).map(([, box]) => box);
    const area = { left, top, right: left + width, bottom: top + height };
    const [x, y, anchor] = firstFree(text, spots, others, area, this.letters);
    setAll(words, { x, y, "text-anchor": anchor });
    this.boxes[key] = boxOf(text, [x, y, anchor], this.letters);
  }

  /** Draw a ring where each run is at the point of the playback. @param {Spot[]} spots */
  drawRings(spots) {
    const { across, up } = this.area;
    const radii = new Map(spots.map((spot, order) => [spot, ringRadius(order, spots.length)]));
    this.rings.replaceChildren(...this.inside(spots).map((spot) => svg("circle", {
      cx: across(spot.x), cy: up(spot.y), r: radii.get(spot) ?? 0, fill: spot.colour,
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
    delete this.boxes.arrow;
    if (!step) return;
    const { left, top, width, height, across, up } = this.area;
    const [x0, x1] = Array.from(step.x, across), [y0, y1] = Array.from(step.y, up);
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (!Number.isFinite(length) || length === 0) return;
    const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
    const [x, y] = edgePoint(this.area, [x0, y0], [ux, uy]);
    const [bx, by] = [x - 15 * ux, y - 15 * uy], size = this.letters;
    const words = svg("text");
    words.textContent = text;
    this.arrow.append(svg("path", {
      class: "head", d: `M${x},${y}L${bx - 7 * uy},${by + 7 * ux}L${bx + 7 * uy},${by - 7 * ux}Z`,
    }), words);
    const inwards = (/** @type {number} */ far, /** @type {number} */ aside) => /** @type {Spelt} */ ([
      Math.min(Math.max(x - far * ux - aside * uy, left + 60 * size), left + width - 60 * size),
      Math.min(Math.max(y - far * uy + aside * ux, top + 16 * size), top + height - 8 * size), "middle",
    ]);
    this.write("arrow", words, [[34, 0], [60, 0], [34, 70], [34, -70], [60, 90], [60, -90], [90, 0]].map(([far, aside]) => inwards(far * size, aside * size)));
  }
}
