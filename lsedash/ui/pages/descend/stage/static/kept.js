// What the link keeps of the stage, as its texts: the hidden programs, the iteration k, the camera of
// the 3-D view, the speed. Python is told once a gesture has ended; a newly opened link tells the stage.

/** @import { Data, KeptTexts } from "../../../../js/types.d.ts" */
/** @import { Picture } from "./picture.js" */
/** @import { PlaybackBar } from "./playback-bar.js" */
import { part } from "../../../../js/elements.js";
import { Ended } from "../../../../js/ended.js";
import { indexAt } from "../../../../js/numbers.js";
import { cameraText, readCamera } from "./camera.js";

export class Kept {
  #opened = ""; // the link that is shown

  /** The texts that Python knows. @type {Partial<KeptTexts>} */
  #told = {};

  /**
   * @param {HTMLElement} root @param {Picture} picture @param {PlaybackBar} bar
   * @param {(texts: Partial<KeptTexts>) => void} report  called with the texts that have changed
   */
  constructor(root, picture, bar, report) {
    this.picture = picture;
    this.playback = bar.playback;
    this.legend = part(root, ".legend");
    this.speed = part(root, "[data-testid=speed]", HTMLSelectElement);
    this.ended = new Ended(() => this.playback.playing, () => {
      const changed = Object.entries(this.texts).filter(([key, text]) => text !== this.#told[/** @type {keyof KeptTexts} */ (key)]);
      this.#told = this.texts;
      if (changed.length && root.isConnected) report(Object.fromEntries(changed));
    });
    this.speed.addEventListener("change", () => this.changed());
  }

  /** @returns {KeptTexts} */
  get texts() {
    const { picture, playback: { index, last, points }, speed } = this;
    return {
      hide: [...picture.hidden].join(), k: index < last ? String(points[index]) : "",
      camera: cameraText(picture.angles), speed: speed.value,
    };
  }

  changed() {
    this.ended.changed();
  }

  /** Show what a newly opened link says; the playback must have its points. @param {Data} data */
  adopt({ kept, session, opened }) {
    if (this.#opened === `${session} ${opened}`) return;
    this.#opened = `${session} ${opened}`;
    const { picture, playback } = this;
    picture.hidden.clear();
    for (const key of kept.hide.split(",")) if (key !== "none") picture.hidden.add(key);
    delete this.legend.dataset.shown; // so that the legend is drawn again
    picture.angles = readCamera(kept.camera);
    this.speed.value = kept.speed;
    playback.goTo(kept.k ? indexAt(playback.points, Number(kept.k)) : playback.last);
    this.#told = this.texts;
  }
}
