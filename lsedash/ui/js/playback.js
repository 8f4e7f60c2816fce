// Playback of points in their order; it only says which point to show. No DOM. Two states:
//   resting   nothing moves; play() and toggle() lead to playing, from the start if it is at the end
//   playing   every frame moves on; the last point, goTo(), pause() and toggle() lead to resting

import { indexAt, within } from "./numbers.js";

const CALM = 2; // units a second, for those who asked for less motion

/** How fast to play, in units of the points a second. @param {number} wanted @param {boolean} reduced */
export function paceOf(wanted, reduced) {
  return reduced ? Math.min(wanted, CALM) : wanted;
}

/**
 * @typedef {object} Clock
 * @property {() => number} now  in milliseconds
 * @property {(frame: (now: number) => void) => number} request  the next frame
 * @property {(request: number) => void} cancel
 */

/** @type {Clock} */
const FRAMES = {
  now: () => performance.now(),
  request: (frame) => requestAnimationFrame(frame),
  cancel: (request) => cancelAnimationFrame(request),
};

export class Playback {
  index = 0;

  /** @type {ArrayLike<number>} */
  points = [0];

  /** @type {number | undefined} */
  #frame;

  /**
   * @param {object} listener
   * @param {(index: number) => void} listener.show  called with an index into the points
   * @param {(playing: boolean) => void} listener.tell  called when it begins and when it rests
   * @param {() => number} listener.pace  how fast to play, in units of the points a second
   * @param {Clock} clock
   */
  constructor(listener, clock = FRAMES) {
    this.listener = listener;
    this.clock = clock;
  }

  get last() {
    return this.points.length - 1;
  }

  get playing() {
    return this.#frame !== undefined;
  }

  /** Replace the points. @param {ArrayLike<number>} points  ascending @param {number} index */
  update(points, index = this.index) {
    this.points = points.length ? points : [0];
    this.#moveTo(index);
  }

  /** @param {number} index */
  goTo(index) {
    this.pause();
    this.#moveTo(index);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.index >= this.last) this.#moveTo(0);
    this.listener.tell(true);
    let position = this.points[this.index], before = this.clock.now();
    const advance = (/** @type {number} */ now) => {
      position += (Math.max(now - before, 0) / 1000) * this.listener.pace();
      before = now;
      const index = indexAt(this.points, position);
      if (index !== this.index) this.#moveTo(index);
      if (this.index >= this.last) this.pause();
      else this.#frame = this.clock.request(advance);
    };
    this.#frame = this.clock.request(advance);
  }

  pause() {
    if (this.#frame === undefined) return;
    this.clock.cancel(this.#frame);
    this.#frame = undefined;
    this.listener.tell(false);
  }

  /** @param {number} index */
  #moveTo(index) {
    this.index = within(index, 0, this.last);
    this.listener.show(this.index);
  }
}
