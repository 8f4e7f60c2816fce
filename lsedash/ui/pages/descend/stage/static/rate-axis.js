// The learning rate where it stands: an axis of alpha * lambda_max with its regimes and marks, and a
// magnified view of the last stretch before the edge.

import { short } from "./data.js";

const END = 2.3; // of the axis, in units of alpha * lambda_max: the edge is at 2
const SNAP = 6; // pixels
const FINEST = 1e-9; // of the distance from the fastest rate to the edge
const LENS = 0.1; // the widest stretch before the edge that is magnified: 5 % of it

/** @typedef {{top: number, optimal: number, edge: number}} Marks  lambda_max and two learning rates */

export class RateAxis {
  /**
   * @param {HTMLElement} box
   * @param {{move: (rate: number) => void, release: () => void, tell: (moving: boolean) => void}} hand
   *   `move` at every move, `release` when the rate is let go, `tell` when a hand comes and goes
   */
  constructor(box, hand) {
    this.hand = hand;
    this.main = this.track(box.querySelector(".axis-main"), () => [0, END]);
    this.lens = this.track(box.querySelector(".axis-lens"), () => this.stretch);
    this.box = box;
    this.handle = box.querySelector("[data-testid=rate-handle]");
    this.handle.addEventListener("keydown", (event) => this.press(event));
  }

  /** @param {Marks | null} marks  null for A = 0, which has no edge */
  update(marks) {
    this.box.hidden = !marks;
    if (!marks || JSON.stringify(marks) === JSON.stringify(this.marks)) return;
    this.marks = marks;
    const fastest = marks.top * marks.optimal;
    const one = Math.abs(fastest - 1) <= 4 * Number.EPSILON; // all directions equally steep
    const near = 2 - fastest >= FINEST; // else floats cannot tell the fastest from the edge
    const width = near ? Math.min(LENS, 3 * (2 - fastest)) : LENS;
    this.stretch = [2 - width, 2 + width / 4];
    this.snaps = [[1, marks.edge / 2], [fastest, marks.optimal], [2, marks.edge]];
    this.main.querySelector(".regimes").replaceChildren(
      regime("monotone", 1 / END), regime("oscillating", 1 / END, "oscillating, converging"),
      regime("growing", (END - 2) / END),
    );
    this.lens.querySelector(".regimes").replaceChildren(
      regime("oscillating", 0.8, `the last ${Number((50 * width).toPrecision(2))} % before the edge`), regime("growing", 0.2),
    );
    for (const track of [this.main, this.lens]) track.querySelector(".marks").replaceChildren();
    const single = fastest < 1.02; // two marks in one place
    const [best, edge] = toldApart(marks.optimal, marks.edge);
    this.place(this.main, 1, one ? "fastest, one step is enough:" : single ? "fastest" : "steepest in one step",
      single ? marks.optimal : marks.edge / 2, "left");
    if (!single) this.place(this.main, fastest, "fastest", marks.optimal, fastest > 1.45 ? "left" : "right", best);
    this.place(this.main, 2, "edge", marks.edge, "right", edge);
    if (near && fastest >= this.stretch[0]) {
      const below = `−${Number((50 * (2 - fastest)).toPrecision(2))} %`;
      const side = fastest > 2 - 0.6 * width ? "left" : "right";
      this.place(this.lens, fastest, "fastest", marks.optimal, side, below);
    }
    this.place(this.lens, 2, "edge", marks.edge, "right");
  }

  /** Show a rate. @param {number} rate @param {string} words */
  show(rate, words) {
    if (!this.marks) return;
    const step = rate * this.marks.top;
    this.rate = rate;
    position(this.handle, step, [0, END]);
    position(this.lens.querySelector(".handle"), step, this.stretch);
    this.handle.ariaValueNow = String(Number(Math.min(step, END).toPrecision(6)));
    this.handle.ariaValueText = `${short(rate)}; alpha times lambda max is ${short(step)}. ${words}`;
  }

  /** A mark: a tick and a button that takes the rate. */
  place(track, step, name, rate, side, words = short(rate)) {
    const [low, high] = track.range();
    const at = `${(100 * (step - low)) / (high - low)}%`;
    const tick = document.createElement("span");
    tick.className = "tick";
    tick.style.left = at;
    const button = document.createElement("button");
    button.type = "button";
    button.className = `mark ${side}`;
    button.dataset.mark = name;
    button.style.left = at;
    const strong = document.createElement("b");
    strong.textContent = name;
    button.append(strong, ` ${words}`);
    button.title = `Take the learning rate ${rate}`;
    button.addEventListener("click", () => this.take(rate));
    track.querySelector(".marks").append(tick, button);
  }

  take(rate) {
    this.hand.move(rate);
    this.hand.release();
  }

  /** Make a track follow the pointer. */
  track(track, range) {
    track.range = range;
    const grip = track.querySelector(".grip");
    const follow = (event) => {
      const { left, width } = grip.getBoundingClientRect();
      const [low, high] = range();
      const perPixel = (high - low) / width;
      const step = Math.min(Math.max(low + (event.clientX - left) * perPixel, low + perPixel / 2, perPixel / 2), high);
      this.hand.move(this.rateAt(step, perPixel));
    };
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.hand.tell(true);
      grip.setPointerCapture(event.pointerId);
      this.handle.focus({ preventScroll: true });
      if (!this.onHandle(track, event)) follow(event);
      grip.addEventListener("pointermove", follow);
      grip.addEventListener("lostpointercapture", () => {
        grip.removeEventListener("pointermove", follow);
        this.hand.release();
        this.hand.tell(false);
      }, { once: true });
    });
    return track;
  }

  /** Whether a press is on the track's handle, which alone changes nothing. */
  onHandle(track, { clientX }) {
    const { left, right } = track.querySelector(".handle").getBoundingClientRect();
    return clientX >= left && clientX <= right;
  }

  /** The rate at a place: a mark's own if it is near, else no more digits than a pixel has. */
  rateAt(step, perPixel) {
    const near = this.snaps.filter(([at]) => Math.abs(at - step) <= SNAP * perPixel)
      .sort((a, b) => Math.abs(a[0] - step) - Math.abs(b[0] - step));
    if (near.length) return near[0][1];
    return tidy(step / this.marks.top, perPixel / step);
  }

  /** Arrow keys move by a hundredth of lambda_max's unit, page keys by a tenth. */
  press(event) {
    const by = {
      ArrowRight: 0.01, ArrowUp: 0.01, ArrowLeft: -0.01, ArrowDown: -0.01, PageUp: 0.1, PageDown: -0.1,
    }[event.key];
    const jump = { Home: 0.01, End: END }[event.key];
    if (by === undefined && jump === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const here = this.rate * this.marks.top;
    const step = jump ?? Math.max(here + by, Math.min(here, 0.01));
    this.take(tidy(step / this.marks.top, 0.001 / step));
  }
}

/** Two numbers in as many digits as tell them apart, at least four and at most eight. */
function toldApart(a, b) {
  for (let digits = 4; digits < 8; digits += 1) {
    if (a.toPrecision(digits) !== b.toPrecision(digits)) return [a, b].map((x) => String(Number(x.toPrecision(digits))));
  }
  return [a, b].map((x) => String(Number(x.toPrecision(8))));
}

/** A number with no more digits than a relative precision needs. */
export function tidy(value, precision) {
  const digits = Math.min(Math.max(Math.ceil(-Math.log10(precision)) + 1, 2), 15);
  return Number(value.toPrecision(digits));
}

function regime(kind, share, words = kind) {
  const part = document.createElement("span");
  part.className = kind;
  part.style.width = `${100 * share}%`;
  const name = document.createElement("i");
  name.textContent = words;
  part.append(name);
  return part;
}

/** Put a handle at a step; beyond the axis it waits at its end and points outwards. */
function position(handle, step, [low, high]) {
  const share = (step - low) / (high - low);
  handle.style.left = `${100 * Math.min(Math.max(share, 0), 1)}%`;
  handle.classList.toggle("beyond", share > 1);
  handle.classList.toggle("before", share < 0);
}
