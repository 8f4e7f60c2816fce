// The first look at the stage by a visitor who came without a link. No DOM. Three states:
//   waiting  the start is shown, and one thing to press; play() leads to playing, edit() to over
//   playing  the first play; its end leads to over, with a nudge; edit() leads to over without one
//   over     the stage is as it always is

/** @import { Data } from "../../../../js/types.d.ts" */

/** @typedef {"waiting" | "playing" | "over"} OpeningState */

/**
 * What the first look calls.
 * @typedef {object} Listener
 * @property {(state: OpeningState) => void} show
 * @property {() => void} nudge  invites to drag the rate
 */

export class Opening {
  /** @type {OpeningState} */
  state = "over";

  /** What was run when the visitor came. */
  #run = "";

  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
  }

  get over() {
    return this.state === "over";
  }

  /** The visitor came without a link. @param {Data} data */
  begin(data) {
    this.#run = runOf(data);
    this.#turn("waiting");
  }

  /** Hear a message from Python; returns whether the first look ends, because something else was run. @param {Data} data */
  hear(data) {
    return !this.over && runOf(data) !== this.#run && this.edit();
  }

  /** The playback begins or rests. @param {boolean} playing @param {boolean} atEnd */
  play(playing, atEnd) {
    if (playing && this.state === "waiting") this.#turn("playing");
    if (playing || !atEnd || this.state !== "playing") return;
    this.#turn("over");
    this.listener.nudge();
  }

  /** The visitor changes something; returns whether the first look ends. */
  edit() {
    if (this.over) return false;
    this.#turn("over");
    return true;
  }

  /** @param {OpeningState} state */
  #turn(state) {
    this.state = state;
    this.listener.show(state);
  }
}

/** What was run, whatever the view of it. @param {Data} data */
function runOf({ rate, iterations, dtype, runs, spectrum: { singular, residual } }) {
  return JSON.stringify([rate.value, iterations, dtype, runs.map(({ key }) => key), ...singular, ...residual]);
}
