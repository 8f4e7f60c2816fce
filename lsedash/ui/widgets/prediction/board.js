// The empty chart of a prediction: a frame, the ticks of its axes, and places for marks and curves.

/** @import { Axis, Curve } from "./types.d.ts" */
import { html, svg } from "../../js/elements.js";
import { shareOf } from "./axes.js";

const FULL = 100; // the width and height of the drawing, in its own units

export class Board {
  /** @param {Axis[]} axes @param {string} kind */
  constructor(axes, kind) {
    this.axes = axes;
    this.drawing = svg("svg", { viewBox: `0 0 ${FULL} ${FULL}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    this.frame = html("div", { className: "board-frame" });
    this.frame.append(this.drawing);
    this.box = html("div", { className: `board board-${kind}` }, this.frame);
    for (const [i, axis] of axes.entries()) this.#ticks(axis, i === 0);
  }

  /** @param {Axis} axis @param {boolean} across */
  #ticks(axis, across) {
    for (const [at, text] of axis.ticks) {
      const share = FULL * shareOf(axis, at), tick = html("span", { className: `tick ${across ? "across" : "up"}` }, text);
      tick.style.setProperty(across ? "left" : "bottom", `${share}%`);
      this.frame.append(tick);
      const [x, y] = across ? [share, FULL] : [0, FULL - share], end = across ? [x, 0] : [FULL, y];
      this.drawing.append(svg("line", { class: "grid", x1: x, y1: y, x2: end[0], y2: end[1] }));
    }
    this.box.append(html("span", { className: `axis-name ${across ? "across" : "up"}` }, axis.name));
  }

  /** Put an element at a point. @param {HTMLElement} element @param {number[]} point */
  place(element, point) {
    element.style.left = `${FULL * shareOf(this.axes[0], point[0])}%`;
    element.style.bottom = this.axes[1] ? `${FULL * shareOf(this.axes[1], point[1])}%` : "50%";
  }

  /** Mark a point. @param {number[]} point @param {string} className @param {string} [text] */
  mark(point, className, text = "") {
    const mark = html("span", { className: `mark ${className}` }, html("i", {}, text));
    this.place(mark, point);
    this.frame.append(mark);
    return mark;
  }

  /** The `d` of a line through points. @param {[number, number][]} points */
  line(points) {
    return points.map(([x, y], i) => {
      const across = FULL * shareOf(this.axes[0], x), up = FULL * (1 - shareOf(this.axes[1], y));
      return `${i ? "L" : "M"}${across.toFixed(2)} ${up.toFixed(2)}`;
    }).join("");
  }

  /** Draw a line; returns it. @param {[number, number][]} points @param {Record<string, string>} look */
  draw(points, look) {
    const path = svg("path", { d: this.line(points), fill: "none", "vector-effect": "non-scaling-stroke", ...look });
    this.drawing.append(path);
    return path;
  }

  /** Draw the curves of programs. @param {Curve[]} curves */
  curves(curves) {
    for (const { points, colour, dash, width } of curves) {
      this.draw(points, { class: "program", stroke: colour, "stroke-dasharray": dash.replaceAll("px", ""), "stroke-width": String(width) });
    }
  }

  /** Where a pointer is in the frame, from 0 to 1 across and up. @param {PointerEvent} event @returns {[number, number]} */
  at({ clientX, clientY }) {
    const { left, bottom, width, height } = this.frame.getBoundingClientRect();
    return [(clientX - left) / width, (bottom - clientY) / height];
  }
}
