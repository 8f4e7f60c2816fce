// The learning rate on an axis of alpha * lambda_max with its regimes and marks, and on a lens, which
// magnifies the last stretch before the edge.

/** @import { Marks, RateNames } from "../../../../js/types.d.ts" */
/** @import { Convention } from "../../../../js/convention.js" */
/** @import { Mark } from "./rate-marks.js" */
import { drag, html, part } from "../../../../js/elements.js";
import { OURS, rateIn, rateText, stepWords, tidyRate } from "../../../../js/convention.js";
import { rounded, short, within } from "../../../../js/numbers.js";
import { END, keyed, pointed, rateAt, shareOf } from "../../../../js/rate-scale.js";
import { regimeBar } from "../../../../js/regime-bar.js";
import { placed } from "./label-rows.js";
import { marksOf } from "./rate-marks.js";

const MAIN = [0, END];
const LEAST = 0.01; // the smallest step that a key leads to

/**
 * @typedef {object} Listener
 * @property {(rate: number) => void} move  called at every move
 * @property {() => void} release  called when the rate is let go
 * @property {(held: boolean) => void} tell  called when a pointer is pressed and let go
 */

export class RateAxis {
  rate = 0;

  top = 0; // lambda_max

  /** @type {Convention} */
  spoken = OURS;

  drawn = ""; // the marks that are drawn, as JSON

  /** @type {ReturnType<typeof marksOf> | null} */
  marks = null;

  /** @param {HTMLElement} box @param {Listener} listener */
  constructor(box, listener) {
    this.box = box;
    this.listener = listener;
    this.handle = part(box, "[data-testid=rate-handle]");
    this.handle.addEventListener("keydown", (event) => this.press(event));
    this.main = part(box, ".axis-main");
    this.lens = part(box, ".axis-lens");
    this.follow(this.main, () => MAIN);
    this.follow(this.lens, () => this.stretch);
    new ResizeObserver(() => this.place()).observe(box);
  }

  /** The stretch that the lens shows. */
  get stretch() {
    return this.marks?.stretch ?? MAIN;
  }

  /**
   * @param {Marks | null} marks  null for A = 0, which has no edge
   * @param {RateNames} names @param {number | null} best  the best rate for these iterations
   * @param {Convention} spoken
   */
  update(marks, names, best, spoken) {
    this.box.hidden = !marks;
    const json = JSON.stringify([marks, names, best, spoken]);
    if (!marks || json === this.drawn) return;
    this.drawn = json;
    this.top = marks.top;
    this.spoken = spoken;
    this.marks = marksOf(marks, names, best, spoken);
    const { main, lens, magnified } = this.marks;
    this.draw(this.main, MAIN, main, { oscillating: "oscillating, converging" });
    this.draw(this.lens, this.stretch, lens, { oscillating: magnified });
    this.place();
  }

  /**
   * @param {HTMLElement} track @param {number[]} stretch @param {Mark[]} marks
   * @param {Record<string, string>} words  of the regimes
   */
  draw(track, stretch, marks, words) {
    part(track, ".regimes").replaceChildren(...regimeBar(stretch, words));
    const shares = marks.map(({ step }) => within(shareOf(step, stretch), 0, 1)); // a rate beyond is at the end
    part(track, ".marks").replaceChildren(...marks.flatMap((mark, i) => this.mark(mark, shares[i])));
  }

  /** A tick, and a button that takes the rate. @param {Mark} mark @param {number} share  its position, from 0 to 1 */
  mark({ name, rate, side, words }, share) {
    const button = html("button", {
      type: "button", className: `mark ${side}`, title: `Take the learning rate ${rateText(this.spoken, rate)}`,
      onclick: () => this.take(rate),
    }, html("b", { textContent: name }), ` ${words}`);
    Object.assign(button.dataset, { mark: name, side });
    const tick = html("span", { className: "tick" });
    for (const element of [tick, button]) element.style.left = `${100 * share}%`;
    return [tick, button];
  }

  /** Put the labels where none lies on another. */
  place() {
    for (const track of [this.main, this.lens]) {
      const [ticks, labels] = [".tick", ".mark"].map((one) => /** @type {HTMLElement[]} */ ([...track.querySelectorAll(one)]));
      const places = placed(labels.map((label) => ({
        at: label.offsetLeft, width: label.offsetWidth, side: label.dataset.side === "left" ? "left" : "right",
      })), track.clientWidth);
      for (const [i, { side, row }] of places.entries()) {
        labels[i].className = `mark ${side}`;
        for (const element of [ticks[i], labels[i]]) element.style.setProperty("--row", String(row));
      }
      track.style.setProperty("--rows", String(Math.max(2, ...places.map(({ row }) => row + 1))));
    }
  }

  /** Show a rate. @param {number} rate @param {string} words */
  show(rate, words) {
    if (!this.marks) return;
    const step = rate * this.top;
    this.rate = rate;
    position(this.handle, shareOf(step, MAIN));
    position(part(this.lens, ".handle"), shareOf(step, this.stretch));
    this.handle.ariaValueNow = String(rounded(Math.min(step, END), 6));
    this.handle.ariaValueText = `${short(rateIn(this.spoken, rate))}; ${stepWords(this.spoken)} is ${short(step)}. ${words}`;
  }

  /** Move the handle to and fro, as an invitation to drag it; the rate stays. */
  nudge() {
    const { classList } = this.handle;
    classList.add("nudge");
    this.handle.addEventListener("animationend", () => classList.remove("nudge"), { once: true });
  }

  /** @param {number} rate */
  take(rate) {
    this.listener.move(rate);
    this.listener.release();
  }

  /** Make a track follow the pointer. @param {HTMLElement} track @param {() => number[]} stretch */
  follow(track, stretch) {
    const grip = part(track, ".grip");
    const moveTo = (/** @type {PointerEvent} */ { clientX }) => {
      const { left, width } = grip.getBoundingClientRect(), [low, high] = stretch();
      const perPixel = (high - low) / width;
      const step = pointed((clientX - left) / width, stretch(), perPixel);
      this.listener.move(rateAt(step, this.top, perPixel, this.marks?.named ?? [], this.spoken));
    };
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.listener.tell(true);
      this.handle.focus({ preventScroll: true });
      if (!isOnHandle(track, event)) moveTo(event);
      drag(grip, event, moveTo, () => {
        this.listener.release();
        this.listener.tell(false);
      });
    });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const step = keyed(event.key, this.rate * this.top, LEAST);
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.take(tidyRate(this.spoken, step / this.top, 0.001 / step));
  }
}

/** Whether a press is on the track's handle, where it does not move the rate. @param {HTMLElement} track @param {PointerEvent} press */
function isOnHandle(track, { clientX }) {
  const { left, right } = part(track, ".handle").getBoundingClientRect();
  return clientX >= left && clientX <= right;
}

/** Put a handle on its track; if it belongs beyond the track, it stays at the end and points outwards. @param {HTMLElement} handle @param {number} share */
function position(handle, share) {
  handle.style.left = `${100 * within(share, 0, 1)}%`;
  handle.classList.toggle("beyond", share > 1);
  handle.classList.toggle("before", share < 0);
}
