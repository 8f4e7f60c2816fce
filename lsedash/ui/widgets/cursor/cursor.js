// One iteration k, chosen by a slider or by pointing at a chart, and marked in all charts.

/** @import { Component, Head } from "../../js/types.d.ts" */
/** @import { MarkedChart } from "../../js/marks.js" */
import { html, part } from "../../js/elements.js";
import { Ended } from "../../js/ended.js";
import { indexAt } from "../../js/numbers.js";
import { Outbox } from "../../js/outbox.js";
import { keyed, mainOf, motionReduced } from "../../js/page.js";
import { paceOf, Playback } from "../../js/playback.js";
import { drawMark, nearest, removeMarks } from "../../js/marks.js";

const PACE = 11; // points a second
const FIRST = 5; // the index of the point that is shown first, if there are enough points

/** @typedef {{ks: number[], texts: string[], charts: MarkedChart[]}} Drawn */
/** @typedef {Drawn & {k: number | null, opened: number, line: Head}} Data  the k of the link, and which link it is */

/** @type {WeakMap<HTMLElement, Cursor>} */
const cursors = new WeakMap();

/** @param {Component<Data>} component */
export function update(component) {
  const { parentElement, data } = component, box = part(parentElement, ".lsedash-cursor");
  const cursor = cursors.get(box) ?? new Cursor(box, data);
  cursors.set(box, cursor);
  cursor.outbox.hear(component);
  cursor.hear(data);
}

/** @param {HTMLElement} parentElement */
export function leave(parentElement) {
  cursors.get(part(parentElement, ".lsedash-cursor"))?.leave();
}

class Cursor {
  index = FIRST;

  drawn = ""; // the data that are shown

  opened = -1; // the link that is shown

  /** The iteration that Python knows. @type {number | null} */
  told = null;

  /** The chart over which a mouse was last. @type {Element | null} */
  hovered = null;

  outbox = new Outbox();

  ended = new Ended(() => this.playback.playing || Boolean(this.hovered?.matches(":hover")), () => {
    const k = this.data.ks[this.index];
    if (k !== this.told && this.box.isConnected) this.outbox.say("k", k);
    this.told = k;
  });

  /** The request for a frame that will mark again. @type {number | null} */
  waiting = null;

  onPointer = (/** @type {PointerEvent} */ event) => this.point(event);

  later = () => {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      if (this.box.isConnected) this.mark();
    });
  };

  // Streamlit replaces a chart whenever it changes, and does so after this slider.
  observer = new MutationObserver(this.later);

  /** @param {HTMLElement} box @param {Drawn} data */
  constructor(box, data) {
    this.box = box;
    /** @type {Drawn} */
    this.data = data;
    this.button = html("button", { type: "button" }, "▶ Play");
    this.slider = html("input", { type: "range", min: "0", step: "1", ariaLabel: "iteration k" });
    this.output = html("output");
    this.playback = new Playback({
      show: (index) => this.moveTo(index),
      tell: (playing) => { this.button.textContent = playing ? "❚❚ Pause" : "▶ Play"; },
      pace: () => paceOf(PACE, motionReduced()),
    });
    this.button.addEventListener("click", () => this.playback.toggle());
    this.slider.addEventListener("input", () => this.playback.goTo(Number(this.slider.value)));
    const hint = html("small", {}, "or move the mouse over a chart");
    box.append(this.button, this.slider, hint, this.output);
  }

  /** Show new data, from the iteration of a newly opened link. @param {Data} data */
  hear(data) {
    const { k, opened, line: _, ...rest } = data, drawn = JSON.stringify(rest);
    if (opened !== this.opened) this.index = k === null ? FIRST : indexAt(data.ks, k);
    else if (drawn === this.drawn) return;
    this.opened = opened;
    this.show(data);
    this.drawn = drawn;
    this.told = data.ks[this.index];
  }

  /** @param {Drawn} data */
  show(data) {
    this.leave();
    this.data = data;
    this.slider.max = String(data.ks.length - 1);
    document.addEventListener("pointermove", this.onPointer);
    window.addEventListener("resize", this.later);
    const main = mainOf(this.box);
    if (main) this.observer.observe(main, { childList: true, subtree: true });
    this.playback.update(data.ks.map((_, i) => i), this.index);
  }

  leave() {
    this.drawn = "";
    this.ended.forget();
    this.playback.pause();
    if (this.waiting !== null) cancelAnimationFrame(this.waiting);
    this.waiting = null;
    this.observer.disconnect();
    document.removeEventListener("pointermove", this.onPointer);
    window.removeEventListener("resize", this.later);
    removeMarks();
  }

  /** @param {number} index */
  moveTo(index) {
    this.index = index;
    this.slider.value = String(index);
    this.box.dataset.k = String(this.data.ks[index]);
    this.ended.changed();
    this.mark();
  }

  /** Mark k in every chart that is drawn. */
  mark() {
    const inside = this.data.charts.map((chart) => drawMark(chart, this.index));
    const text = this.data.texts[this.index] + (inside.includes(false) ? " · outside a chart's window" : "");
    this.slider.ariaValueText = text;
    if (this.output.textContent !== text) this.output.textContent = text; // each write wakes the observer
  }

  /** Follow a pointer over one of the charts. @param {PointerEvent} event */
  point(event) {
    const { target } = event;
    if (!(target instanceof Element) || this.playback.playing) return;
    const chart = this.data.charts.find(({ key }) => target.closest(keyed(key)));
    this.hovered = chart && event.pointerType === "mouse" ? target.closest(keyed(chart.key)) : null;
    const index = chart ? nearest(chart, event) : null;
    if (index !== null && index !== this.index) this.playback.goTo(index);
  }
}
