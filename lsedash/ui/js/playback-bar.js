// The controls of the playback: play and pause, steps, a slider, the speed.

/** @import { KeptPlayback } from "./types.d.ts" */
import { html, part, svg } from "./elements.js";
import { indexAt } from "./numbers.js";
import { motionReduced } from "./page.js";
import { paceOf, Playback } from "./playback.js";

const BUTTONS = [
  { name: "first", label: "First iteration", shape: "M3 3h2v10H3zM13 3v10L6 8z" },
  { name: "back", label: "Previous point", shape: "M11 3v10L4 8z" },
  { name: "play", label: "Play", shape: "M4 2v12l9-6z" },
  { name: "forward", label: "Next point", shape: "M5 3v10l7-5z" },
  { name: "last", label: "Last iteration", shape: "M11 3h2v10h-2zM3 3v10l7-5z" },
];
const PAUSE = "M3 2h4v12H3zM9 2h4v12H9z";
const SPEEDS = [2, 10, 50, 200, 2000]; // iterations a second
const USUAL = 10;

export class PlaybackBar {
  /**
   * @param {HTMLElement} bar  gets the controls, before what it has
   * @param {(index: number) => void} show  called with an index into the points
   * @param {(playing: boolean, atEnd: boolean) => void} [tell]  called when it begins and when it rests
   */
  constructor(bar, show, tell = () => {}) {
    bar.prepend(...controls());
    const button = (/** @type {string} */ name) => part(bar, `[data-testid=${name}]`);
    this.playButton = button("play");
    this.scrub = part(bar, "[data-testid=scrub]", HTMLInputElement);
    const speed = part(bar, "[data-testid=speed]", HTMLSelectElement);
    this.speed = speed;
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

  /** What a link keeps of the playback; the last point is "". @returns {KeptPlayback} */
  get texts() {
    const { index, last, points } = this.playback;
    return { k: index < last ? String(points[index]) : "", speed: this.speed.value };
  }

  /** Show what a link says. @param {KeptPlayback} texts */
  show({ k, speed }) {
    this.speed.value = speed;
    this.playback.goTo(k ? indexAt(this.playback.points, Number(k)) : this.playback.last);
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

/** The buttons, the slider, the output for the point that is shown, and the speed. */
function controls() {
  const buttons = BUTTONS.map(({ name, label, shape }) => {
    const button = html("button", { type: "button", ariaLabel: label }), icon = svg("svg", { viewBox: "0 0 16 16" });
    button.dataset.testid = name;
    icon.append(svg("path", { class: name, d: shape }));
    if (name === "play") {
      button.dataset.action = "play";
      icon.append(svg("path", { class: "pause", d: PAUSE }));
    }
    button.append(icon);
    return button;
  });
  const scrub = html("input", { type: "range", min: "0", step: "1", ariaLabel: "Iteration k" });
  scrub.dataset.testid = "scrub";
  const options = SPEEDS.map((speed) => new Option(`${speed}/s`, String(speed), speed === USUAL, speed === USUAL));
  const speed = html("select", { ariaLabel: "Iterations per second" }, ...options);
  speed.dataset.testid = "speed";
  return [
    html("div", { className: "controls" }, ...buttons), scrub, html("output", { className: "readout" }),
    html("label", { className: "speed" }, "speed ", speed),
  ];
}
