// What Plotly does not draw: an SVG of ours under its own and one above, on its axes.
// Writing a path's `d` draws every mouse move; asking Plotly for each would be three times too slow.

const SVG = "http://www.w3.org/2000/svg";
const FARTHEST = 1e5; // pixels; a path is drawn up to its first point beyond
const APART = 6; // pixels between two predicted points drawn
const MOST_DOTS = 60; // of a preview; with more points it is a line only

/** @param {string} name @param {Record<string, string | number>} attributes */
export function element(name, attributes = {}) {
  const created = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, String(value));
  return created;
}

const STAR = Array.from({ length: 10 }, (_, i) => {
  const radius = i % 2 ? 4 : 10, angle = (Math.PI * i) / 5;
  return `${i ? "L" : "M"}${(radius * Math.sin(angle)).toFixed(2)},${(-radius * Math.cos(angle)).toFixed(2)}`;
}).join("");

const GLYPHS = { // as Plotly names them, ten pixels wide
  circle: "M5,0A5,5 0 1,1 -5,0A5,5 0 1,1 5,0Z",
  square: "M-4.5,-4.5H4.5V4.5H-4.5Z",
  diamond: "M0,-6L6,0L0,6L-6,0Z",
  "triangle-up": "M0,-5.5L5.5,4.5H-5.5Z",
  x: "M-5,-3L-3,-5L0,-2L3,-5L5,-3L2,0L5,3L3,5L0,2L-3,5L-5,3L-2,0Z",
  star: STAR,
};

export class Overlay {
  /**
   * @param {HTMLElement} box  what holds the chart @param {HTMLElement} chart  Plotly's element
   * @param {string} name  of the preview
   */
  constructor(box, chart, name) {
    this.chart = chart;
    this.svg = element("svg", { class: "overlay" });
    this.under = element("svg", { class: "overlay" });
    this.clip = element("rect");
    const clipping = element("clipPath", { id: `clip-${Math.random().toString(36).slice(2)}` });
    clipping.append(this.clip);
    const clipped = { "clip-path": `url(#${clipping.id})` };
    this.plot = element("g", clipped);
    this.ground = element("path", { class: "ground", ...clipped });
    this.under.append(this.ground);
    this.markers = element("g", { class: "markers" });
    this.preview = element("path", { class: "preview", "data-testid": name });
    this.outside = element("path", { class: "preview-outside" });
    this.dots = element("path", { class: "preview-dots" });
    this.predicted = element("path", { class: "predicted" });
    this.cursor = element("line", { class: "cursor" });
    this.balls = element("g", { class: "balls" });
    this.plot.append(this.markers, this.predicted, this.cursor, this.outside, this.preview, this.dots, this.balls);
    this.arrow = element("g", { class: "leaves" });
    this.limit = element("g", { class: "limit" });
    this.svg.append(clipping, this.plot, this.arrow, this.limit);
    box.prepend(this.under);
    box.append(this.svg);
  }

  /** Follow the chart's place and axes. */
  measure() {
    const { xaxis, yaxis } = this.chart._fullLayout;
    this.area = { left: xaxis._offset, top: yaxis._offset, width: xaxis._length, height: yaxis._length };
    const { left, top, width, height } = this.area;
    this.across = (x) => left + xaxis.d2p(x);
    this.up = (y) => top + yaxis.d2p(y);
    this.back = (x, y) => [xaxis.p2d(x - left), yaxis.p2d(y - top)];
    for (const [key, value] of Object.entries({ x: left, y: top, width, height })) {
      this.clip.setAttribute(key, String(value));
    }
  }

  /** Lower and upper edge of what the axes show, [[left, right], [bottom, top]]. */
  ranges() {
    const { xaxis, yaxis } = this.chart._fullLayout;
    return [[...xaxis.range], [...yaxis.range]];
  }

  /**
   * Draw the preview through points of the chart; from index `left` on as a hairline that hides nothing.
   * @param {{x: ArrayLike<number>, y: ArrayLike<number>}} [path]  nothing is drawn without one
   */
  drawPreview(path = { x: [], y: [] }, left = Infinity) {
    let inside = "", outside = "", dots = "";
    const many = path.x.length > MOST_DOTS;
    for (let i = 0; i < path.x.length; i += 1) {
      const [x, y, far] = nearer(this.across(path.x[i]), this.up(path.y[i]));
      if (Number.isNaN(x) || Number.isNaN(y)) break;
      const at = `${x.toFixed(2)},${y.toFixed(2)}`;
      if (i <= left) inside += `${i ? "L" : "M"}${at}`;
      if (i >= left) outside += `${i > left ? "L" : "M"}${at}`;
      if (i < left && !many) dots += `M${at}h0`;
      if (far) break;
    }
    this.preview.setAttribute("d", inside);
    this.outside.setAttribute("d", outside);
    this.dots.setAttribute("d", dots);
  }

  /** A line with gaps under the curves. @param {{x: ArrayLike<number>, y: ArrayLike<number>}} line */
  drawGround(line) {
    let d = "", pen = "M";
    for (let i = 0; i < line.x.length; i += 1) {
      const x = this.across(line.x[i]), y = this.up(line.y[i]);
      const here = Math.abs(x) < FARTHEST && Math.abs(y) < FARTHEST;
      if (here) d += `${pen}${x.toFixed(1)},${y.toFixed(1)}`;
      pen = here ? "L" : "M";
    }
    this.ground.setAttribute("d", d);
  }

  /** Marks on the curves. @param {{x: number, y: number, colour: string, symbol: string}[]} places */
  drawMarkers(places) {
    this.markers.replaceChildren(...places.map(({ x, y, colour, symbol }) => element("path", {
      d: GLYPHS[symbol] ?? GLYPHS.circle, fill: colour,
      transform: `translate(${this.across(x).toFixed(1)},${this.up(y).toFixed(1)})`,
    })));
  }

  /** The points of a path that are in the window, as far as they can be told apart, as dots. */
  drawPredicted(path) {
    let d = "", lastX = -FARTHEST, lastY = -FARTHEST;
    const { left, top, width, height } = this.area;
    for (let i = 0; i < path.x.length; i += 1) {
      const x = this.across(path.x[i]), y = this.up(path.y[i]);
      const inside = x >= left && x <= left + width && y >= top && y <= top + height;
      if (!inside || Math.hypot(x - lastX, y - lastY) < APART) continue;
      d += `M${x.toFixed(1)},${y.toFixed(1)}h0`;
      [lastX, lastY] = [x, y];
    }
    this.predicted.setAttribute("d", d);
  }

  /** A star with its name where descent ends, the name on the side away from a point. */
  drawLimit(x, y, fromX, fromY) {
    const [px, py] = [this.across(x), this.up(y)];
    const right = px >= this.across(fromX), below = py > this.up(fromY);
    const { left, top, width, height } = this.area;
    const name = element("text", {
      x: px + (right ? 12 : -12), y: below && py < top + height - 24 ? py + 20 : py - 10,
      "text-anchor": right && px < left + width - 50 ? "start" : "end",
    });
    name.textContent = "limit";
    this.limit.replaceChildren(element("path", { d: STAR, transform: `translate(${px},${py})` }), name);
    this.limit.toggleAttribute("hidden", !(px >= left && px <= left + width && py >= top && py <= top + height));
  }

  /** Where each run is at the point of the playback. @param {{x: number, y: number, colour: string}[]} places */
  drawBalls(places, withCursor) {
    this.balls.replaceChildren(...places.map(({ x, y, colour }, order) => element("circle", {
      cx: this.across(x), cy: this.up(y), r: 11 - 2 * order, fill: colour,
    })));
    const { top, height } = this.area;
    this.cursor.toggleAttribute("hidden", !withCursor || !places.length);
    if (!places.length) return;
    const x = this.across(places[0].x);
    for (const [key, value] of Object.entries({ x1: x, x2: x, y1: top, y2: top + height })) {
      this.cursor.setAttribute(key, String(value));
    }
  }

  /**
   * An arrow at the edge of the window where a path leaves it, from a point inside to one outside.
   * @param {{x: number[], y: number[]} | null} step @param {string} text
   */
  drawArrow(step, text) {
    this.arrow.replaceChildren();
    if (!step) return;
    const [x0, x1] = step.x.map(this.across), [y0, y1] = step.y.map(this.up);
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (!Number.isFinite(length) || length === 0) return;
    const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
    const [x, y] = edgePoint(this.area, x0, y0, ux, uy);
    const [bx, by] = [x - 15 * ux, y - 15 * uy];
    this.arrow.append(element("path", {
      class: "head", d: `M${x},${y}L${bx - 7 * uy},${by + 7 * ux}L${bx + 7 * uy},${by - 7 * ux}Z`,
    }));
    const words = element("text", {
      x: Math.min(Math.max(x - 34 * ux, this.area.left + 60), this.area.left + this.area.width - 60),
      y: Math.min(Math.max(y - 34 * uy, this.area.top + 16), this.area.top + this.area.height - 8),
    });
    words.textContent = text;
    this.arrow.append(words);
  }
}

/** A point no further out than an SVG can draw, on the same ray from the corner; and whether it was. */
function nearer(x, y) {
  const reach = Math.max(Math.abs(x), Math.abs(y)) / FARTHEST;
  return reach > 1 ? [x / reach, y / reach, true] : [x, y, false];
}

/** Where a ray from a point inside the plot area meets its edge. */
function edgePoint({ left, top, width, height }, x0, y0, ux, uy) {
  const reach = (at, unit, low, high) => {
    if (unit === 0) return Infinity;
    return ((unit > 0 ? high : low) - at) / unit;
  };
  const t = Math.max(0, Math.min(reach(x0, ux, left, left + width), reach(y0, uy, top, top + height)));
  return [x0 + t * ux, y0 + t * uy];
}
