// The row picture under the path: each row of A x = b as a line, and on demand how far x is from each.

/** @import { Scene } from "../../../../js/types.d.ts" */
/** @import { RowLines } from "../../../../js/fit.d.ts" */
/** @import { Drawing } from "./drawing.js" */
import { setAll, svg } from "../../../../js/elements.js";
import { strokeWithin } from "../../../../js/strokes.js";
import { iterateAt, predictedAt } from "./fit.js";
import { nameLine } from "./line-names.js";
import { distances, nearestLine, residualOf, rowLine } from "./row-lines.js";
import { describedLine } from "./words.js";

const NAMED = 6; // up to this many lines have their names beside them

export class RowsDrawing {
  /** What is drawn, and the x of the first program, or the predicted one. @type {{lines: RowLines, x: ArrayLike<number>} | null} */
  #shown = null;

  /** @param {Drawing} drawing  of the path chart */
  constructor(drawing) {
    this.drawing = drawing;
    this.lines = svg("path", { class: "row-lines", "data-testid": "row-lines", ...drawing.clipped });
    this.residuals = svg("path", { class: "fit-residuals", ...drawing.clipped });
    this.names = svg("g", { class: "row-names" });
    drawing.ground.after(this.lines);
    drawing.svg.append(this.residuals, this.names);
  }

  /** Draw the lines; nothing in another view. @param {Scene} scene */
  drawGround({ data: { lines } }) {
    const { area, boxes } = this.drawing;
    for (const name of this.names.children) delete boxes[name.textContent ?? ""];
    this.names.replaceChildren();
    if (!lines) {
      setAll(this.lines, { d: "" });
      return;
    }
    const few = lines.right.length <= NAMED, window = this.drawing.ranges();
    const drawn = Array.from(lines.right, (_, i) => rowLine(lines, i, window));
    setAll(this.lines, { d: drawn.map((line) => strokeWithin(area, line)).join("") });
    this.lines.classList.toggle("few", few);
    for (const [i, line] of few ? drawn.entries() : []) nameLine(this.drawing, this.names, lines.names[i], line);
  }

  /** Draw how far x is from every line at one k, if that is wanted. @param {Scene} scene @param {number} k */
  drawAt(scene, k) {
    const { data: { lines, runs }, previewed, residuals, hidden } = scene;
    const run = runs.find(({ key }) => !hidden.has(key)), measured = run && lines ? iterateAt(run, k, 2) : null;
    const x = lines && previewed ? predictedAt(scene, k) : measured;
    this.#shown = lines && x && { lines, x };
    setAll(this.residuals, { d: residuals && this.#shown ? strokeWithin(this.drawing.area, distances(this.#shown.lines, this.#shown.x)) : "" });
  }

  /** The line near a pixel, in words. @param {number} x @param {number} y */
  at(x, y) {
    if (!this.#shown) return null;
    const { lines, x: iterate } = this.#shown, found = nearestLine(this.drawing.area, lines, [x, y]);
    return found && { ...found, words: describedLine(lines, found.i, residualOf(lines, found.i, iterate)) };
  }
}
