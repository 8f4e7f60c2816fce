// The words of the row that the pointer is at, beside it.

/** @import { Drawing } from "./drawing.js" */
import { html } from "../../../../js/elements.js";
import { within } from "../../../../js/numbers.js";

const BESIDE = 14; // pixels between a row and its words

export class Pointed {
  /** Where the pointer is, in pixels of the chart; null if it is elsewhere. @type {[number, number] | null} */
  #place = null;

  /**
   * @param {Drawing} drawing  of the chart
   * @param {(x: number, y: number) => {words: string, x: number, y: number} | null} find  what is there
   */
  constructor(drawing, find) {
    this.drawing = drawing;
    this.find = find;
    this.words = html("div", { className: "pointed", hidden: true });
    this.words.dataset.testid = "pointed";
    const { plot, svg } = drawing;
    svg.after(this.words);
    for (const name of /** @type {const} */ (["pointermove", "pointerdown"])) plot.addEventListener(name, (event) => {
      const { left, top } = svg.getBoundingClientRect();
      this.#place = [event.clientX - left, event.clientY - top];
      this.update();
    });
    plot.addEventListener("pointerleave", () => {
      this.#place = null;
      this.update();
    });
  }

  /** Show what is at the pointer now. */
  update() {
    const found = this.#place && this.find(...this.#place), { words } = this;
    words.hidden = !found;
    if (!found) return;
    words.textContent = found.words;
    const { left, top, width, height } = this.drawing.area, { offsetWidth, offsetHeight } = words;
    const right = found.x + BESIDE + offsetWidth <= left + width;
    const x = right ? found.x + BESIDE : Math.max(found.x - BESIDE - offsetWidth, 0);
    const y = within(found.y - offsetHeight / 2, top, Math.max(top, top + height - offsetHeight));
    Object.assign(words.style, { left: `${x}px`, top: `${y}px` });
  }
}
