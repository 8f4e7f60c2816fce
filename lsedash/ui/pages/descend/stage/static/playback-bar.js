// The controls of the playback: play and pause, steps, a slider, the speed.

import { part } from "../../../../js/elements.js";
import { motionReduced } from "../../../../js/page.js";
import { paceOf, Playback } from "../../../../js/playback.js";

export class PlaybackBar {
  /**
   * @param {HTMLElement} bar @param {(index: number) => void} show  called with an index into the points
   * @param {(playing: boolean, atEnd: boolean) => void} tell  called when it begins and when it rests
   */
  constructor(bar, show, tell) {
    const button = (/** @type {string} */ name) => part(bar, `[data-testid=${name}]`);
    this.playButton = button("play");
    this.scrub = part(bar, "[data-testid=scrub]", HTMLInputElement);
    const speed = part(bar, "[data-testid=speed]", HTMLSelectElement);
    const playback = new Playback({
      show: (index) => {
        this.scrub.value = String(index);
        show(index);
      },
      tell: (playing) => {
        this.label(playing);
        tell(playing, playback.index >= playback.last);
      },
      pace: () => paceOf(Number(speed.value), motionReduced()),
    });
    this.playback = playback;
    this.playButton.addEventListener("click", () => playback.toggle());
    this.scrub.addEventListener("input", () => playback.goTo(Number(this.scrub.value)));
    const moves = {
      first: () => 0, back: () => playback.index - 1, forward: () => playback.index + 1, last: () => playback.last,
    };
    for (const [name, target] of Object.entries(moves)) {
      button(name).addEventListener("click", () => playback.goTo(target()));
    }
    /** @type {Record<string, () => number>} */
    this.keys = { ArrowLeft: moves.back, ArrowRight: moves.forward, Home: moves.first, End: moves.last };
  }

  get index() {
    return this.playback.index;
  }

  /** Replace the points; if the last one was shown, show the new last one. @param {ArrayLike<number>} points */
  update(points) {
    const { index, last } = this.playback;
    this.scrub.max = String(Math.max(points.length - 1, 0));
    this.playback.update(points, index >= last ? points.length - 1 : index);
  }

  goToStart() {
    this.playback.goTo(0);
  }

  goToEnd() {
    this.playback.goTo(this.playback.last);
  }

  /** Play from the start; the button that pauses gets the focus. */
  begin() {
    this.playback.goTo(0);
    this.playback.play();
    this.playButton.focus({ preventScroll: true });
  }

  /** @param {boolean} playing */
  label(playing) {
    this.playButton.ariaLabel = playing ? "Pause" : "Play";
    this.playButton.dataset.action = playing ? "pause" : "play";
  }

  /** Handle a key pressed on the stage; returns whether the key has a meaning. @param {string} key */
  press(key) {
    if (key === " ") this.playback.toggle();
    else if (this.keys[key]) this.playback.goTo(this.keys[key]());
    else return false;
    return true;
  }
}
