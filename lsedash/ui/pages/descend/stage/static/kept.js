// What the link keeps of the stage, as its texts: the hidden programs, the iteration k, the speed, the
// camera of the 3-D view, whether Fit shows residuals. Python is told once a gesture has ended; a newly opened link tells the stage.

/** @import { Data, KeptTexts } from "../../../../js/types.d.ts" */
/** @import { PlaybackBar } from "../../../../js/playback-bar.js" */
/** @import { Picture } from "./picture.js" */
import { part } from "../../../../js/elements.js";
import { Ended } from "../../../../js/ended.js";
import { cameraText, readCamera } from "./camera.js";

export class Kept {
  #opened = ""; // the link that is shown

  #linked = false; // whether the address says anything

  /** The texts that Python knows. @type {Partial<KeptTexts>} */
  #known = {};

  /** The texts after the last gesture, null before they were shown. @type {KeptTexts | null} */
  #last = null;

  /**
   * @param {HTMLElement} root @param {Picture} picture @param {PlaybackBar} bar
   * @param {(texts: Partial<KeptTexts>) => void} report  called with the texts that have changed
   */
  constructor(root, picture, bar, report) {
    this.root = root;
    this.picture = picture;
    this.bar = bar;
    this.legend = part(root, ".legend");
    this.report = report;
    this.ended = new Ended(() => bar.playback.playing, () => this.#tell());
    bar.speed.addEventListener("change", () => this.changed());
  }

  /** @returns {KeptTexts} */
  get texts() {
    const { picture: { hidden, angles, residuals }, bar } = this;
    return { hide: [...hidden].join(), camera: cameraText(angles), residuals: String(Number(residuals)), ...bar.texts };
  }

  changed() {
    this.ended.changed();
  }

  /** Show what a newly opened link says; the playback must have its points. @param {Data} data @param {Partial<KeptTexts>} unheard  texts of ours that Python has not heard yet */
  adopt({ kept: linkKept, line: { session }, opened, linked }, unheard) {
    this.#linked = linked;
    if (this.#opened === `${session} ${opened}`) return;
    this.#opened = `${session} ${opened}`;
    const { picture, bar } = this, kept = { ...linkKept, ...unheard };
    picture.hidden.clear();
    for (const key of kept.hide.split(",")) if (!["", "none"].includes(key)) picture.hidden.add(key);
    delete this.legend.dataset.shown; // so that the legend is drawn again
    picture.angles = readCamera(kept.camera);
    picture.residuals = kept.residuals === "1";
    bar.show(kept);
    this.#known = this.texts;
    this.#last = null;
  }

  /** What is shown now was no gesture. */
  settle() {
    this.#last ??= this.texts;
  }

  /** Report what Python does not know. Before the first gesture an address that says nothing stays so. */
  #tell() {
    const { texts } = this;
    if (!this.root.isConnected || !(this.#linked || differing(texts, this.#last ?? texts).length)) return;
    const news = differing(texts, this.#known);
    this.#last = this.#known = texts;
    if (news.length) this.report(Object.fromEntries(news));
  }
}

/** The entries of the first texts that the others do not have. @param {KeptTexts} texts @param {Partial<KeptTexts>} others */
function differing(texts, others) {
  const known = new Map(Object.entries(others));
  return Object.entries(texts).filter(([key, text]) => text !== known.get(key));
}
