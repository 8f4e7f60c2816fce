// The start on the path chart: drag the ring, move it with the arrow keys, or click where it should be.
// In space a drag turns the box instead.

import { element } from "./overlay.js";
import { tidy } from "./rate-axis.js";

const STILL = 4; // pixels; less is a click

export class StartHandle {
  /**
   * @param {import("./overlay.js").Overlay} overlay
   * @param {{move: (place: number[]) => void, release: (place: number[]) => void,
   *   turn: (dx: number, dy: number) => void, view: () => object, tell: (moving: boolean) => void}} hand
   */
  constructor(overlay, hand) {
    Object.assign(this, { overlay, hand });
    this.ring = element("circle", {
      class: "start-handle", "data-testid": "start-handle", r: 8, tabindex: 0, role: "button",
      "aria-label": "Start x0: drag it, or move it with the arrow keys",
    });
    this.name = element("text", { class: "start-name" });
    this.name.textContent = "drag x0";
    overlay.svg.append(this.name, this.ring);
    this.ring.addEventListener("pointerdown", (event) => this.grab(event));
    this.ring.addEventListener("keydown", (event) => this.press(event));
    overlay.chart.addEventListener("pointerdown", (event) => this.touch(event), true);
  }

  /** @param {number} x @param {number} y  on the chart's axes */
  show(x, y) {
    const flat = this.hand.view().kind !== "space";
    this.ring.style.display = flat ? "" : "none";
    if (!flat) this.name.textContent = "x0";
    [this.x, this.y] = [this.overlay.across(x), this.overlay.up(y)];
    this.ring.setAttribute("cx", String(this.x));
    this.ring.setAttribute("cy", String(this.y));
    const { left, width } = this.overlay.area, room = this.x < left + width - 60;
    this.name.setAttribute("x", String(this.x + (room ? 13 : -13)));
    this.name.setAttribute("text-anchor", room ? "start" : "end");
    this.name.setAttribute("y", String(this.y + 5));
  }

  grab(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.ring.focus({ preventScroll: true });
    this.ring.setPointerCapture(event.pointerId);
    this.hand.tell(true);
    let place = null;
    const follow = (move) => {
      place = this.placeOf(move);
      this.name.textContent = "x0"; // no need to say it twice
      this.hand.move(place);
    };
    this.ring.addEventListener("pointermove", follow);
    this.ring.addEventListener("lostpointercapture", () => {
      this.ring.removeEventListener("pointermove", follow);
      if (place) this.hand.release(place);
      this.hand.tell(false);
    }, { once: true });
  }

  /** A press on the chart itself: a click places the start, in space a drag turns the box. */
  touch(event) {
    if (event.button !== 0 || !event.target.closest(".nsewdrag")) return;
    const space = this.hand.view().kind === "space";
    let [x, y] = [event.clientX, event.clientY], far = 0;
    const follow = (move) => {
      far = Math.max(far, Math.hypot(move.clientX - event.clientX, move.clientY - event.clientY));
      if (space) this.hand.turn(move.clientX - x, move.clientY - y);
      [x, y] = [move.clientX, move.clientY];
    };
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", (up) => {
      window.removeEventListener("pointermove", follow);
      if (space || far >= STILL) return;
      const place = this.placeOf(up);
      this.hand.move(place);
      this.hand.release(place);
    }, { once: true });
  }

  press(event) {
    const by = {
      ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const { left, top } = this.overlay.svg.getBoundingClientRect();
    const step = event.shiftKey ? 1 : 10; // pixels
    const place = this.placeOf({ clientX: left + this.x + step * by[0], clientY: top + this.y + step * by[1] });
    this.hand.move(place);
    this.hand.release(place);
  }

  /** Where the pointer is, along the view's directions, with no more decimals than a pixel has. */
  placeOf({ clientX, clientY }) {
    const { left, top } = this.overlay.svg.getBoundingClientRect();
    const { area, back } = this.overlay;
    const x = Math.min(Math.max(clientX - left, area.left), area.left + area.width);
    const y = Math.min(Math.max(clientY - top, area.top), area.top + area.height);
    const [here, next] = [back(x, y), back(x + 1, y + 1)];
    const place = here.map((value, q) => rounded(value, Math.abs(next[q] - value)));
    return this.hand.view().kind === "parabola" ? place.slice(0, 1) : place;
  }
}

/** A value with no more digits than a pixel can tell apart. */
function rounded(value, pixel) {
  if (Math.abs(value) < pixel / 2) return 0;
  return tidy(value, Math.min(pixel / Math.abs(value), 0.1));
}
