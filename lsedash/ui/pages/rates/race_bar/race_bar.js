// The playback of the race: one iteration k of all lanes, marked in their charts and on their losses.

/** @import { MarkedChart } from "../../../js/marks.js" */
/** @import { Component, KeptPlayback, Head } from "../../../js/types.d.ts" */
import { part, wantsKey } from "../../../js/elements.js";
import { Ended } from "../../../js/ended.js";
import { drawMark, removeMarks } from "../../../js/marks.js";
import { short } from "../../../js/numbers.js";
import { Outbox } from "../../../js/outbox.js";
import { mainOf } from "../../../js/page.js";
import { PlaybackBar } from "../../../js/playback-bar.js";
import { removePreviews } from "../../../widgets/chips/preview.js";

/** @typedef {{ks: number[], losses: Record<string, (number | null)[]>, marks: MarkedChart[]}} Drawn */
/** @typedef {Drawn & {kept: KeptPlayback, opened: number, line: Head}} Data  what the link says, and which link it is */

/** @type {WeakMap<HTMLElement, RaceBar>} */
const bars = new WeakMap();

/** @param {Component<Data>} component */
export function update(component) {
  const { parentElement, data } = component, box = part(parentElement, ".lsedash-race-bar");
  const bar = bars.get(box) ?? new RaceBar(box, data);
  bars.set(box, bar);
  bar.outbox.hear(component);
  bar.show(data);
}

/** @param {HTMLElement} parentElement */
export function leave(parentElement) {
  bars.get(part(parentElement, ".lsedash-race-bar"))?.leave();
}

class RaceBar {
  sent = "";

  opened = -1; // the link that is shown

  known = ""; // what Python knows of the playback

  outbox = new Outbox();

  ended = new Ended(() => this.bar.playback.playing, () => {
    const { texts } = this.bar, told = JSON.stringify(texts);
    if (told !== this.known && this.box.isConnected) this.outbox.say("kept", texts);
    this.known = told;
  });

  waiting = 0;

  later = () => {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.mark());
  };

  onKey = (/** @type {KeyboardEvent} */ event) => {
    const { key, target } = event, plain = !(event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented);
    if (!plain || ![" ", "k", "K"].includes(key) || wantsKey(target, key)) return;
    event.preventDefault();
    this.bar.playback.toggle();
  };

  // Streamlit replaces a chart whenever it changes, and does so after this bar.
  observer = new MutationObserver(this.later);

  /** @param {HTMLElement} box @param {Drawn} data */
  constructor(box, data) {
    this.box = box;
    /** @type {Drawn} */
    this.data = data;
    this.bar = new PlaybackBar(box, () => {
      this.mark();
      this.ended.changed();
    });
    this.bar.speed.addEventListener("change", () => this.ended.changed());
  }

  /** @param {Data} data */
  show({ kept, opened, line: _, ...data }) {
    const sent = JSON.stringify(data), main = mainOf(this.box);
    this.data = data;
    document.addEventListener("keydown", this.onKey);
    window.addEventListener("resize", this.later);
    if (main) this.observer.observe(main, { childList: true, subtree: true });
    if (sent !== this.sent) {
      this.sent = sent;
      removePreviews();
      removeMarks();
      this.bar.update(data.ks);
    }
    if (opened === this.opened) return;
    this.opened = opened;
    this.bar.show(kept);
    this.known = JSON.stringify(this.bar.texts);
  }

  leave() {
    this.sent = "";
    this.ended.forget();
    this.bar.playback.pause();
    cancelAnimationFrame(this.waiting);
    this.observer.disconnect();
    document.removeEventListener("keydown", this.onKey);
    window.removeEventListener("resize", this.later);
    removeMarks();
  }

  /** Mark k in every chart that is drawn, and tell the losses. */
  mark() {
    const { box, data, bar } = this, { ks, losses, marks } = data, i = bar?.index ?? 0;
    if (!box.isConnected) return;
    for (const mark of marks) drawMark(mark, i);
    const texts = Object.entries(losses).map(([name, values]) => `${name}: ${told(values[i])}`);
    const text = `k = ${ks[i]} of ${ks[ks.length - 1]} · losses ${texts.join(", ")}`;
    const output = part(box, ".readout");
    box.dataset.k = String(ks[i]);
    if (output.textContent === text) return; // each write wakes the observer
    output.textContent = text;
    part(box, "[data-testid=scrub]").ariaValueText = text;
  }
}

/** @param {number | null} loss */
function told(loss) {
  return loss === null || loss === undefined ? "-" : short(loss);
}
