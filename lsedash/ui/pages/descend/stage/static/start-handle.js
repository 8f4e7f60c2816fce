// The start on the path chart: drag the ring, move it with the arrow keys, or press another place and
// hold still, by mouse or by finger. In space a drag turns the box instead. A press on the chart has
// three states:
//   still   the pointer has moved less than four pixels; HOLD later it leads to held
//   held    the start is at the pointer, and stays there
//   far     the pointer has moved or gone: Plotly zooms, the box turns, or the page scrolls

/** @import { View } from "../../../../js/types.d.ts" */
/** @import { Drawing } from "./drawing.js" */
import { drag, setAll, svg } from "../../../../js/elements.js";
import { tidy, within } from "../../../../js/numbers.js";
import { isInPlotArea } from "../../../../js/overlay.js";

const STILL = 4; // pixels
const HOLD = 500; // milliseconds

/**
 * @typedef {object} Listener
 * @property {(place: number[]) => void} move  called at every move, with a place along the directions
 * @property {(place: number[]) => void} release  called when the start is let go
 * @property {(dx: number, dy: number) => void} turn
 * @property {(held: boolean) => void} tell  called when a pointer is pressed and let go
 */

export class StartHandle {
  x = 0; // in pixels of the drawing

  y = 0;

  /** @type {View["kind"]} */
  kind = "plane";

  /** @param {Drawing} drawing @param {Listener} listener */
  constructor(drawing, listener) {
    this.drawing = drawing;
    this.listener = listener;
    this.ring = svg("circle", {
      class: "start-handle", "data-testid": "start-handle", r: 8, tabindex: 0, role: "button",
      "aria-label": "Start x0: drag it, or move it with the arrow keys",
    });
    this.name = svg("text", { class: "start-name" });
    this.name.textContent = "drag x0";
    this.name.dataset.pictured = "x0";
    drawing.svg.append(this.name, this.ring);
    this.ring.addEventListener("pointerdown", (event) => this.grab(event));
    this.ring.addEventListener("keydown", (event) => this.press(event));
    drawing.plot.addEventListener("pointerdown", (event) => this.touch(event), true);
  }

  /** @param {number} x @param {number} y  on the chart's axes @param {View["kind"]} kind */
  show(x, y, kind) {
    this.kind = kind;
    const { area } = this.drawing, flat = kind !== "space";
    this.name.style.display = "";
    this.ring.style.display = flat ? "" : "none";
    if (!flat) this.name.textContent = "x0";
    [this.x, this.y] = [area.across(x), area.up(y)];
    setAll(this.ring, { cx: this.x, cy: this.y });
    this.drawing.write("start", this.name, [
      [this.x + 16, this.y + 5, "start"], [this.x - 16, this.y + 5, "end"],
      [this.x, this.y + 12 + 16 * this.drawing.letters, "middle"], [this.x, this.y - 18, "middle"],
    ]);
  }

  /** Show no start: the view has no place for one. */
  hide() {
    this.kind = "fit";
    for (const part of [this.ring, this.name]) part.style.display = "none";
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.ring.focus({ preventScroll: true });
    this.listener.tell(true);
    /** @type {number[] | null} */
    let place = null;
    drag(this.ring, event, (move) => {
      place = this.placeOf(move);
      this.name.textContent = "x0"; // the visitor knows now that it can be dragged
      this.listener.move(place);
    }, () => {
      if (place) this.listener.release(place);
      this.listener.tell(false);
    });
  }

  /** A press on the chart itself. @param {PointerEvent} event */
  touch(event) {
    if (event.button !== 0 || !isInPlotArea(event.target)) return;
    const { kind } = this, space = kind === "space", over = new AbortController();
    if (kind === "fit") return;
    let [x, y] = [event.clientX, event.clientY];
    const holding = setTimeout(() => { if (!space) this.put(this.placeOf(event)); }, HOLD);
    const follow = (/** @type {PointerEvent} */ move) => {
      const far = Math.hypot(move.clientX - event.clientX, move.clientY - event.clientY);
      if (far >= STILL) clearTimeout(holding);
      if (space) this.listener.turn(move.clientX - x, move.clientY - y);
      [x, y] = [move.clientX, move.clientY];
    };
    const end = () => {
      clearTimeout(holding);
      over.abort();
    };
    window.addEventListener("pointermove", follow, { signal: over.signal });
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, end, { signal: over.signal });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    /** @type {Record<string, number[]>} */
    const directions = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const direction = directions[event.key];
    if (!direction) return;
    event.preventDefault();
    event.stopPropagation();
    const { left, top } = this.drawing.svg.getBoundingClientRect();
    const [dx, dy] = direction.map((unit) => unit * (event.shiftKey ? 1 : 10)); // pixels
    this.put(this.placeOf({ clientX: left + this.x + dx, clientY: top + this.y + dy }));
  }

  /** @param {number[]} place */
  put(place) {
    this.listener.move(place);
    this.listener.release(place);
  }

  /**
   * The pointer's place along the view's directions, with the digits that a pixel can tell apart.
   * @param {{clientX: number, clientY: number}} pointer
   */
  placeOf({ clientX, clientY }) {
    const box = this.drawing.svg.getBoundingClientRect();
    const { left, top, width, height, back } = this.drawing.area;
    const x = within(clientX - box.left, left, left + width), y = within(clientY - box.top, top, top + height);
    const here = back(x, y), next = back(x + 1, y + 1);
    const place = here.map((value, q) => atPixel(value, Math.abs(next[q] - value)));
    return this.kind === "parabola" ? place.slice(0, 1) : place;
  }
}

/** A value with the digits that a pixel can tell apart. @param {number} value @param {number} pixel */
function atPixel(value, pixel) {
  if (Math.abs(value) < pixel / 2) return 0;
  return tidy(value, Math.min(pixel / Math.abs(value), 0.1));
}
