// Playback of the iterations: play and pause, step, scrub both ways, speed. It only says which k.

import { indexAt } from "./data.js";

const REDUCED = window.matchMedia("(prefers-reduced-motion: reduce)");

export class Playback {
  /** @param {HTMLElement} bar @param {(index: number) => void} show  called with an index into the points */
  constructor(bar, show) {
    const control = (name) => bar.querySelector(`[data-testid=${name}]`);
    this.show = show;
    this.index = 0;
    this.points = [0];
    [this.playButton, this.scrub, this.speed] = ["play", "scrub", "speed"].map(control);
    this.playButton.addEventListener("click", () => this.toggle());
    this.scrub.addEventListener("input", () => this.goTo(Number(this.scrub.value)));
    const moves = {
      first: () => 0, back: () => this.index - 1, forward: () => this.index + 1, last: () => this.last,
    };
    for (const [name, target] of Object.entries(moves)) {
      control(name).addEventListener("click", () => this.goTo(target()));
    }
    this.keys = { ...moves, ArrowLeft: moves.back, ArrowRight: moves.forward, Home: moves.first, End: moves.last };
  }

  get last() {
    return this.points.length - 1;
  }

  /** These are the points now. @param {ArrayLike<number>} points  the k of each, ascending */
  update(points) {
    const atEnd = this.index >= this.last;
    this.points = points.length ? points : [0];
    this.scrub.max = String(this.last);
    this.index = atEnd ? this.last : Math.min(this.index, this.last);
    this.draw();
  }

  goTo(index) {
    this.pause();
    this.moveTo(index);
  }

  moveTo(index) {
    this.index = Math.min(Math.max(index, 0), this.last);
    this.draw();
  }

  draw() {
    this.scrub.value = String(this.index);
    this.show(this.index);
  }

  toggle() {
    if (this.timer) this.pause();
    else this.play();
  }

  /** From the start again if it is at the end. With reduced motion, a step at a time and no faster. */
  play() {
    if (this.index >= this.last) this.moveTo(0);
    this.label("pause");
    let k = this.points[this.index], before = performance.now();
    const advance = (now) => {
      const pace = REDUCED.matches ? Math.min(Number(this.speed.value), 2) : Number(this.speed.value);
      k += (Math.max(now - before, 0) / 1000) * pace;
      before = now;
      const index = indexAt(this.points, k);
      if (index !== this.index) this.moveTo(index);
      if (this.index >= this.last) this.pause();
      else this.timer = requestAnimationFrame(advance);
    };
    this.timer = requestAnimationFrame(advance);
  }

  pause() {
    cancelAnimationFrame(this.timer);
    this.timer = undefined;
    this.label("play");
  }

  label(action) {
    this.playButton.ariaLabel = action === "play" ? "Play" : "Pause";
    this.playButton.dataset.action = action;
  }

  /** A key pressed while the stage has the focus; says whether it meant anything. */
  press(key) {
    if (key === " ") this.toggle();
    else if (this.keys[key]) this.goTo(this.keys[key]());
    else return false;
    return true;
  }
}
