// The stage: while the visitor drags, the closed form is drawn at once as a preview; after that its host
// runs the programs, and their curves replace the preview, or has none, and the prediction stays. Hosts:
// streamlit.js, file.js. Each part of the stage has a few states, which its file describes: hand.js,
// preview.js, requests.js, windows.js, rate-field.js, playback.js, opening.js, ended.js.

/** @import { OpeningState } from "./opening.js" */
/** @import { Data, Host, RequestTaker, Spectrum, StageState } from "../../../../js/types.d.ts" */
import { part } from "../../../../js/elements.js";
import { onFreeSpace } from "../../../../js/keys.js";
import { bestRate } from "./best-rate.js";
import { drawConventions, drawLegend, drawViews } from "./choices.js";
import { movedTo } from "../../../../js/closed-form.js";
import { rateText } from "../../../../js/convention.js";
import { Hand } from "../../../../js/hand.js";
import { Kept } from "./kept.js";
import { Opening } from "./opening.js";
import { Panel } from "./panel.js";
import { Picture } from "./picture.js";
import { addPictureButtons } from "./picture-subjects.js";
import { PlaybackBar } from "../../../../js/playback-bar.js";
import { Preview } from "./preview.js";
import { RateAxis } from "./rate-axis.js";
import { RateField } from "./rate-field.js";
import { longestRun } from "./scene.js";

let visited = false; // whether a stage was shown since the page was loaded

/** Build the stage in an element. @param {HTMLElement} root @param {Host} host */
export function mount(root, host) {
  root.innerHTML = host.content;
  return new Stage(root, host);
}

export class Stage {
  preview = new Preview();

  /** The best rate that was found last, and of what. @type {{spectrum: Spectrum, best: number | null} | null} */
  known = null;

  startDragged = false; // whether the start in Python's next message was dragged here

  /** @param {HTMLElement} root @param {Host} host */
  constructor(root, { Plotly, data, requests, runs }) {
    this.root = root;
    this.data = data;
    this.requests = requests;
    this.origin = data.spectrum; // of the start from which a drag moves
    this.hand = new Hand(
      (/** @type {Data} */ message) => this.adopt(message),
      (waits) => root.toggleAttribute("data-message-waits", waits),
    );
    this.panel = new Panel(root);
    this.follow = part(root, "[data-testid=follow]", HTMLInputElement);
    this.loss = part(root, "[data-testid=loss]", HTMLSelectElement);
    const tell = (/** @type {boolean} */ held) => (held ? this.hand.grab() : this.hand.letGo());
    this.picture = new Picture(root, Plotly, data, this.preview, {
      move: (place) => this.move(this.rate, place), release: (place) => this.commitStart(place), tell,
      changed: () => {
        this.tell();
        this.kept.changed();
      },
    });
    this.axis = new RateAxis(part(root, ".axes"), {
      move: (rate) => this.move(rate), release: () => this.commitRate(), tell,
    });
    this.field = new RateField(root, {
      enter: (text) => this.commitRate(text), answered: () => this.data.rate.text,
    });
    this.opening = new Opening({
      show: (state) => this.showOpening(state), nudge: () => this.axis.nudge(),
    });
    this.playback = new PlaybackBar(
      part(root, ".bar"),
      () => {
        this.tellPoint();
        this.kept.changed();
      },
      (...playing) => this.opening.play(...playing),
    );
    this.kept = new Kept(root, this.picture, this.playback, (texts) => this.requests.report(texts));
    addPictureButtons(root, () => this.picture.scene);
    if (!runs) for (const control of [this.follow, this.loss]) control.closest("label")?.remove();
    this.listen();
  }

  listen() {
    const { root, picture } = this;
    for (const button of root.querySelectorAll("[data-factor]")) {
      button.addEventListener("click", () => {
        this.move(this.rate * Number(button.getAttribute("data-factor")));
        this.commitRate();
      });
    }
    this.loss.addEventListener("change", () => this.ask("loss", { key: this.loss.value }));
    this.follow.addEventListener("change", () => this.ask("follow", { follows: this.follow.checked }));
    for (const name of /** @type {const} */ (["path", "loss", "apart"])) {
      part(root, `[data-chart=${name}]`).addEventListener("click", () => {
        root.focus({ preventScroll: true }); // the button goes
        picture.fit(name);
      });
    }
    part(root, "[data-testid=begin]").addEventListener("click", () => this.playback.begin());
    onFreeSpace(root, () => this.playback.press(" "));
    root.addEventListener("keydown", (event) => {
      const { target, key } = event;
      if (target === root && key !== " " && this.playback.press(key)) event.preventDefault();
      if (target === picture.plots.plots.path && picture.press(key)) event.preventDefault();
    });
  }

  /** Take over the host's message. @param {Data} data */
  adopt(data) {
    const { root, picture, requests } = this;
    picture.adopt(data, this.startDragged);
    this.startDragged &&= requests.waiting;
    this.data = data;
    this.origin = data.spectrum;
    if (!requests.waiting) this.preview.answered();
    this.follow.checked = requests.unanswered("follow")?.follows ?? data.rate.follows;
    drawConventions(this.loss, data.spoken, requests.unanswered("loss")?.key);
    this.panel.showFault(data);
    this.field.mark(Boolean(data.rate.fault));
    this.playback.update(longestRun(data).points);
    this.kept.adopt(data, requests.kept);
    drawViews(part(root, ".views"), data.view, picture, (view) => this.ask("view", view));
    drawLegend(part(root, ".legend"), data, picture.hidden, () => picture.draw());
    if (this.opening.hear(data)) this.playback.goToEnd();
    if (!visited && !data.linked) {
      this.opening.begin(data);
      this.playback.goToStart();
    }
    visited = true;
    this.kept.settle();
    picture.draw();
  }

  /** Show how far the first look is. @param {OpeningState} state */
  showOpening(state) {
    const { root, picture } = this, over = state === "over";
    picture.trail = !over;
    if (over) delete root.dataset.opening;
    else root.dataset.opening = state;
    if (over) this.tellPoint(); // without the trail
  }

  get rate() {
    return this.preview.over(this.data).rate;
  }

  /** The best rate for these iterations from the start that is shown; null if all leave the same loss. */
  get best() {
    const { spectrum } = this.preview.over(this.data);
    if (spectrum !== this.known?.spectrum) { // not at every move of the rate
      this.known = { spectrum, best: bestRate(spectrum, this.data.iterations) };
    }
    return this.known.best;
  }

  /** What the stage shows. @returns {StageState} */
  get state() {
    const { verified, checked } = this.data.verdict;
    if (this.preview.state === "moving") return "preview";
    if (this.requests.waiting) return "waiting";
    if (this.preview.shown) return "prediction";
    return verified && checked ? "verified" : "disagrees";
  }

  /** Show the preview of a rate, and of a start if it was moved. @param {number} rate @param {number[]} [place]  of the start */
  move(rate, place) {
    const { data, origin, preview } = this;
    if (this.opening.edit()) this.playback.goToEnd();
    preview.move(rate, place ? movedTo(origin, place) : preview.over(data).spectrum);
    this.picture.tracePreview(place !== undefined);
    this.tell();
  }

  /** Ask for a rate that was let go or typed, unless it is the one that was run. */
  commitRate(text = rateText(this.data.spoken, this.rate)) {
    const { data, origin, requests } = this;
    if (text !== data.rate.text || requests.waiting || origin !== data.spectrum) this.ask("rate", { text, loss: data.spoken.key });
    else this.goBack();
  }

  /** Show what was run. */
  goBack() {
    this.origin = this.data.spectrum;
    this.preview.drop();
    this.picture.trace();
  }

  /** Ask for a start that was let go. @param {number[]} place */
  commitStart(place) {
    const { kind, across, up, n } = this.data.view;
    this.startDragged = true;
    this.ask("start", { place, n, view: { kind, across, up } });
  }

  /** Ask the host. @type {RequestTaker["ask"]} */
  ask(name, value) {
    this.preview.ask();
    this.requests.ask(name, value);
    this.tell();
  }

  /** Update all texts to what is shown. */
  tell() {
    const { data, rate, best, picture: { exit, scene }, requests, preview } = this;
    const sentence = this.panel.show(data, this.state, rate, best, exit);
    this.axis.update(data.marks, data.rateNames, best, data.spoken);
    this.axis.show(rate, sentence);
    this.field.show(preview.shown ? rateText(data.spoken, rate) : requests.unanswered("rate")?.text ?? data.rate.text);
    if (scene && (!preview.shown || this.state === "prediction")) this.panel.describe(scene); // a preview changes too often to be heard
    this.tellPoint();
  }

  /** Show the point of the playback. */
  tellPoint() {
    const { data, picture } = this, k = longestRun(data).points[this.playback.index] ?? 0;
    if (picture.view) this.panel.showPoint(k, data.iterations, picture.tracePoint(k));
  }
}
