// The stage in a file, which has no server and no Python: the host answers with what is recorded in the
// file, and with the closed form. The file is made by lsedash.stage.page.

/** @import { Data, Questions, ViewKind } from "../../../../js/types.d.ts" */
import { descend } from "../../../../js/closed-form.js";
import { ownRate, rateText } from "../../../../js/convention.js";
import { html, part } from "../../../../js/elements.js";
import { showMeaning } from "../../../../js/meaning.js";
import { isDark } from "../../../../js/page.js";
import { rateOf } from "./rate-text.js";
import { carried, read, widened } from "./recording.js";
import { mount, Stage } from "./stage.js";

const { content, words, recording } = JSON.parse(part(document.body, "#recorded").textContent ?? "");

class FileHost {
  /** @type {Stage | undefined} */
  #stage;

  waiting = false;

  kept = {};

  /** How far the start was moved, in the space of x; null if it was not. @type {Float64Array | null} */
  #move = null;

  /** What is recorded, in the view that is shown. @type {Data} */
  #data;

  /** @param {import("./recording.js").Recording} recorded */
  constructor(recorded) {
    this.recorded = recorded;
    this.#data = recorded.data(recorded.told.message.view.kind);
  }

  /** @param {HTMLElement} root */
  show(root) {
    const data = this.#data;
    this.#stage = mount(root, { Plotly: window.Plotly, content, data, requests: this, runs: false });
    this.#stage.hand.hear(data);
    return this.#stage;
  }

  unanswered() {
    return undefined;
  }

  report() {}

  /** @type {import("../../../../js/types.d.ts").RequestTaker["ask"]} */
  ask(name, value) {
    const stage = this.#stage;
    if (!stage) return;
    if (name === "rate") this.#predict(stage, /** @type {Questions["rate"]} */ (value).text);
    if (name === "start") this.#keepStart(stage);
    if (name === "view") this.#turn(stage, /** @type {Questions["view"]} */ (value).kind);
    this.#makeRoom(stage);
  }

  /** Show what comes of a rate. @param {Stage} stage @param {string} text */
  #predict(stage, text) {
    const { data } = stage, number = rateOf(text), valid = number > 0 && number < Infinity;
    const fault = valid ? null : `The learning rate must be a positive number; it is '${text}'.`;
    stage.panel.showFault({ ...data, rate: { ...data.rate, fault, value: stage.rate } });
    stage.field.mark(!valid);
    if (!valid) return;
    stage.move(ownRate(data.spoken, number));
    stage.preview.ask();
  }

  /** A start that was let go is the one that is moved next. @param {Stage} stage */
  #keepStart(stage) {
    const { data, preview: { shown }, origin } = stage, n = data.view.n;
    if (!shown) return;
    const step = this.recorded.spread(data.view.kind, shown.spectrum.start.map((x, q) => x - origin.start[q]), n);
    this.#move = step.map((x, j) => x + (this.#move?.[j] ?? 0));
    stage.origin = shown.spectrum;
  }

  /** @param {Stage} stage @param {ViewKind} kind */
  #turn(stage, kind) {
    const { preview: { shown }, origin } = stage, data = this.recorded.data(kind);
    this.#data = data;
    stage.adopt(data);
    if (!shown) return;
    if (this.#move) stage.origin = carried(origin, data.spectrum, this.recorded.along(kind, this.#move));
    stage.preview.move(shown.rate, stage.origin);
    stage.preview.ask();
  }

  /** Let the axis of the losses show all of a prediction that stays. @param {Stage} stage */
  #makeRoom(stage) {
    const { preview: { shown }, picture } = stage, data = this.#data;
    const loss = shown ? { ...data.loss, window: widened(data.loss.window, descend(shown.spectrum, shown.rate, data.ks).losses) } : data.loss;
    stage.data = { ...data, loss };
    picture.adopt(stage.data, true);
    picture.draw();
  }

  /** Show what the programs did. */
  goBack() {
    const stage = this.#stage;
    this.#move = null;
    if (!stage) return;
    stage.panel.showFault(stage.data);
    stage.field.mark(false);
    stage.goBack();
    this.#makeRoom(stage);
  }
}

/** The button that goes back from a prediction to what was recorded. @param {HTMLElement} root @param {FileHost} host @param {Data} data */
function addWayBack(root, host, data) {
  const button = html("button", { type: "button", className: "recorded", textContent: `Back to α = ${rateText(data.spoken, data.rate.value)}` });
  button.title = "Show again what the programs did.";
  button.addEventListener("click", () => {
    host.goBack();
    root.focus({ preventScroll: true }); // the button goes
  });
  part(root, ".nudges").append(button);
}

/** The button that changes between light and dark. @param {HTMLElement} root */
function switchTheme(root) {
  document.documentElement.dataset.theme = isDark(root) ? "light" : "dark";
}

/** In a frame of slides the keys of a clicker turn the slides: reveal.js hears this. @param {KeyboardEvent} event */
function passOn({ key }) {
  const method = { PageDown: "next", PageUp: "prev" }[key];
  if (method && window.parent !== window) window.parent.postMessage(JSON.stringify({ method }), "*");
}

const root = part(document.body, "[data-testid=stage]");
const host = new FileHost(await read(recording));
const stage = host.show(root);
addWayBack(root, host, stage.data);
part(document.body, "[data-testid=theme]").addEventListener("click", () => switchTheme(root));
document.addEventListener("keydown", passOn);
document.addEventListener("click", ({ target }) => {
  const opener = target instanceof Element && target.closest("[data-term]");
  if (opener instanceof HTMLElement) showMeaning(part(document.body, ".meaning"), opener, words[opener.dataset.term ?? ""]);
});
