// The drawing of Fit over the axes of the path chart: the data, the limit, and where every program, or
// the preview, is at one k. At every mouse move we only write a path's `d`.

/** @import { Line, Scene } from "../../../../js/types.d.ts" */
/** @import { Fitted } from "../../../../js/fit.d.ts" */
/** @import { Drawing } from "./drawing.js" */
import { setAll, svg } from "../../../../js/elements.js";
import { circlesIn, dotsIn, strokeWithin, thinned } from "../../../../js/strokes.js";
import { ringRadius } from "./curves.js";
import { diagonal, endsOf, isCurve, iterateAt, predictedAt, product, residualLines, shapeOf, sizeAmong } from "./fit.js";
import { nameLine } from "./line-names.js";
import { nearest } from "./row-lines.js";
import { describedRow } from "./words.js";

const DATA = 9, CIRCLE = 16, PREDICTED = 4, PREVIEWED = 9; // pixels across, if the points are few
const LINE = 2.5; // pixels, the width of a previewed curve

export class FitDrawing {
  /** What is drawn: the x of the first program, or the predicted one. @type {{fitted: Fitted, x: ArrayLike<number>} | null} */
  #shown = null;

  /** @param {Drawing} drawing  of the path chart */
  constructor(drawing) {
    this.drawing = drawing;
    this.clipped = svg("g", { class: "fitted", ...drawing.clipped });
    this.names = svg("g", { class: "fit-names" });
    const path = (/** @type {string} */ name) => svg("path", { class: name });
    this.diagonal = path("fit-diagonal");
    this.start = path("fit-start");
    this.limit = path("fit-limit");
    this.data = path("fit-data");
    this.residuals = path("fit-residuals");
    this.runs = svg("g", { class: "fit-runs" });
    this.predicted = path("fit-predicted");
    this.preview = path("fit-preview");
    this.preview.dataset.testid = "preview-fit";
    const { diagonal: line, start, limit, data, residuals, runs, predicted, preview } = this;
    this.clipped.append(line, start, limit, residuals, data, runs, predicted, preview);
    drawing.svg.append(this.clipped, this.names);
  }

  /** Draw what playback and preview do not change; nothing in another view. @param {Scene} scene */
  drawGround(scene) {
    const { fitted } = scene.data, { area } = this.drawing;
    for (const part of [this.clipped, this.names]) part.toggleAttribute("hidden", !fitted);
    this.names.replaceChildren();
    if (!fitted) return;
    const { start, limit } = endsOf(scene), end = shapeOf(fitted, limit);
    if (isCurve(fitted)) {
      const first = shapeOf(fitted, start);
      setAll(this.diagonal, { d: "" });
      setAll(this.start, { d: strokeWithin(area, first) });
      setAll(this.limit, { d: strokeWithin(area, end) });
      const points = { x: fitted.across, y: fitted.right }, size = DATA * this.#size(fitted);
      setAll(this.data, { d: dotsIn(area, points), "stroke-width": size });
      Object.assign(this.drawing.boxes, boxesAround(area, points, size / 2));
      this.#name("limit", end);
      this.#name("start", first);
    } else {
      const line = diagonal(this.drawing.ranges());
      setAll(this.diagonal, { d: strokeWithin(area, line) });
      setAll(this.start, { d: "" });
      setAll(this.data, { d: "" });
      const radius = (CIRCLE * this.#size(fitted)) / 2;
      setAll(this.limit, { d: circlesIn(area, end, radius) });
      Object.assign(this.drawing.boxes, boxesAround(area, end, radius));
      this.#name("A x = b", line);
    }
  }

  /** Draw every program, or the preview, at one k. @param {Scene} scene @param {number} k */
  drawAt(scene, k) {
    const { data: { fitted }, previewed, residuals } = scene;
    this.#shown = null;
    if (!fitted) return;
    const shown = previewed ? [] : atPoint(scene, k);
    this.runs.replaceChildren(...shown.map((at) => this.#run(fitted, at)));
    const predicted = predictedAt(scene, k), shape = shapeOf(fitted, predicted);
    this.#shape(this.preview, fitted, previewed ? shape : null, PREVIEWED, LINE);
    setAll(this.predicted, {
      d: previewed ? "" : (isCurve(fitted) ? thinned : dotsIn)(this.drawing.area, shape), "stroke-width": PREDICTED,
    });
    const x = previewed ? predicted : shown[0]?.x;
    this.#shown = x && { fitted, x };
    setAll(this.residuals, { d: residuals && x ? strokeWithin(this.drawing.area, residualLines(fitted, x)) : "" });
  }

  /** A program's curve, or its points. @param {Fitted} fitted @param {ReturnType<typeof atPoint>[number]} at */
  #run(fitted, { run, order, among, x }) {
    const path = svg("path", { stroke: run.colour, "data-run": run.key });
    if (isCurve(fitted) && among > 1) setAll(path, { "stroke-dasharray": run.dash.replaceAll("px", "") || "none" });
    this.#shape(path, fitted, shapeOf(fitted, x), 2 * ringRadius(order, among), among > 1 ? run.width : Math.max(run.width, 4));
    return path;
  }

  /**
   * Draw a curve with a line of some width, or points of some size.
   * @param {SVGElement} path @param {Fitted} fitted @param {Line | null} shape @param {number} size @param {number} width
   */
  #shape(path, fitted, shape, size, width) {
    const curve = isCurve(fitted), draw = curve ? strokeWithin : dotsIn;
    setAll(path, {
      d: shape ? draw(this.drawing.area, shape) : "", "stroke-width": curve ? width : size * this.#size(fitted),
      "stroke-linecap": curve ? "butt" : "round",
    });
  }

  /** @param {Fitted} fitted */
  #size({ right }) {
    return sizeAmong(right.length);
  }

  /** @param {string} text @param {Line} line */
  #name(text, line) {
    nameLine(this.drawing, this.names, text, line);
  }

  /** The row whose point is near a pixel, in words, with the point's place. @param {number} x @param {number} y */
  at(x, y) {
    if (!this.#shown) return null;
    const { fitted, x: iterate } = this.#shown, reached = product(fitted.rows, iterate);
    const points = isCurve(fitted) ? { x: fitted.across, y: fitted.right } : { x: fitted.right, y: reached };
    const found = nearest(this.drawing.area, points, [x, y]);
    return found && { ...found, words: describedRow(fitted, found.i, reached[found.i]) };
  }
}

/** What words must not cover: the points of a shape. @param {Drawing["area"]} area @param {Line} shape @param {number} radius */
function boxesAround({ across, up }, { x, y }, radius) {
  return Object.fromEntries(Array.from(x, (value, i) => {
    const [left, top] = [across(value) - radius, up(y[i]) - radius];
    return [`point ${i}`, { left, top, right: left + 2 * radius, bottom: top + 2 * radius }];
  }));
}

/** The programs that are shown, each with its x at one k. @param {Scene} scene @param {number} k */
function atPoint({ data: { runs, spectrum }, hidden }, k) {
  const shown = runs.filter(({ key }) => !hidden.has(key)), n = spectrum.start.length;
  return shown.flatMap((run, order) => {
    const x = iterateAt(run, k, n);
    return x ? [{ run, order, among: shown.length, x }] : [];
  });
}
