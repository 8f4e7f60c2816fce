// The stage: what the hand does is drawn here at once from the closed form; when it lets go, Python
// runs the programs, and their curves take the preview's place. One Stage per mounted element.

import { apartChart, CONFIG, lossChart, pathChart, spread, toScale } from "./charts.js";
import { drawLegend, drawViews } from "./choices.js";
import { movedTo } from "./closed-form.js";
import { decode } from "./data.js";
import { Overlay } from "./overlay.js";
import { isDark, loaded, painted } from "./page.js";
import { Playback } from "./playback.js";
import { RateAxis } from "./rate-axis.js";
import { Requests } from "./requests.js";
import { showPoint, showPredicted, traceEnds, traceExit, traceGround, tracePreview } from "./scene.js";
import { StartHandle } from "./start-handle.js";
import { viewOf } from "./view.js";
import { hintOf, regimeOf, stampOf, stepOf, stripOf } from "./words.js";

const here = (path) => new URL(path, import.meta.url).href;
const plotly = loaded("script", { src: here("../vendor/plotly.min.js") });
const styles = loaded("link", { rel: "stylesheet", href: here("stage.css") });
const content = fetch(here("stage.html")).then((answer) => answer.text());

/** Called with every message from Python. @param {HTMLElement} root */
export async function update(root, component) {
  root.building ??= build(root);
  (await root.building).hear(component);
}

async function build(root) {
  await Promise.all([plotly, styles]);
  root.innerHTML = await content;
  root.stage = new Stage(root, window.Plotly);
  return root.stage;
}

class Stage {
  constructor(root, Plotly) {
    this.root = root;
    this.Plotly = Plotly;
    this.hidden = new Set();
    this.requests = new Requests();
    this.angles = { turn: -0.6, tilt: 0.4 };
    this.zoomed = {};
    this.exit = null;
    const part = (selector) => root.querySelector(selector);
    this.part = part;
    this.charts = {};
    for (const name of ["path", "loss", "apart"]) {
      const box = part(`.${name} .chart`), plot = box.querySelector(".plot");
      const overlay = name === "apart" ? null : new Overlay(box, plot, `preview-${name}`);
      this.charts[name] = { plot, overlay };
    }
    this.axis = new RateAxis(part(".axes"), {
      move: (rate) => this.preview({ rate }), release: () => this.commitRate(),
      tell: (moving) => this.hold(moving),
    });
    this.playback = new Playback(part(".bar"), (index) => this.showPoint(index));
    this.start = new StartHandle(this.charts.path.overlay, {
      move: (place) => this.preview({ place }), release: (place) => this.commitStart(place),
      turn: (dx, dy) => this.turn(dx, dy), view: () => this.view, tell: (moving) => this.hold(moving),
    });
    this.listen();
  }

  listen() {
    const input = this.part("[data-testid=rate-input]");
    this.input = input;
    input.addEventListener("focus", () => input.select());
    input.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") input.value = this.data.rate.text;
    });
    input.addEventListener("change", () => this.commitRate(input.value)); // Python reads it
    for (const button of this.root.querySelectorAll("[data-factor]")) {
      button.addEventListener("click", () => {
        this.preview({ rate: this.rate * Number(button.dataset.factor) });
        this.commitRate();
      });
    }
    const keep = this.part("[data-testid=keep]");
    keep.addEventListener("change", () => this.send("keep", { step: keep.checked }));
    this.part("[data-testid=fit]").addEventListener("click", () => this.fit());
    this.root.addEventListener("keydown", (event) => {
      if (event.target === this.root && this.playback.press(event.key)) event.preventDefault();
      if (event.target === this.charts.path.plot && this.turnBy(event.key)) event.preventDefault();
    });
    new ResizeObserver(() => this.resize()).observe(this.root);
    this.root.addEventListener("transitionend", ({ target, propertyName }) => {
      const turned = target === this.root && propertyName === "color" && isDark(this.root) !== this.dark;
      if (!turned || !this.data) return; // see stage.css
      this.paint();
      this.draw();
    });
  }

  /** A message from Python; while a hand is on the stage, it has to wait. */
  hear(component) {
    const { session } = this.requests;
    if (!this.requests.hear(component)) return;
    if (session !== this.requests.session) this.previewed = undefined;
    const data = decode(component.data);
    if (this.held) this.waiting = data;
    else this.adopt(data);
  }

  /** Take over what Python says. */
  adopt(data) {
    this.waiting = undefined;
    this.keepAxes(data);
    this.data = data;
    this.view = undefined; // nothing of the new data is shown by the old view
    if (!this.requests.waiting && !this.inHand) this.previewed = undefined;
    this.paint();
    this.part("[data-testid=keep]").checked = this.requests.unanswered.keep?.step ?? data.rate.keep;
    const { fault, value } = data.rate;
    this.part(".fault").textContent = fault ? `${fault} Still showing ${value}.` : "";
    this.part(".regime").hidden = Boolean(fault);
    this.input.ariaInvalid = String(Boolean(data.rate.fault));
    this.axis.update(data.marks);
    drawViews(this.part(".views"), data.view, (view) => this.send("view", view));
    drawLegend(this.part(".legend"), data.runs, this.hidden, () => this.draw());
    this.playback.update(this.longest.points);
    return this.draw();
  }

  /** Axes stay as they are unless something else is to be seen: another system, view or start. */
  keepAxes(data) {
    const { data: old, startedByHand } = this;
    data.path.fitted = structuredClone(data.path.window);
    const same = old?.fit === data.fit;
    const still = same && old.spectrum.start.every((x, q) => x === data.spectrum.start[q]);
    if (still || (same && startedByHand)) data.path.window = old.path.window;
    else this.zoomed.path = undefined;
    if (!same || old.iterations !== data.iterations) this.zoomed.loss = undefined;
    this.startedByHand = startedByHand && this.requests.waiting;
  }

  /** Take the colours of the theme that the page is in. */
  paint() {
    const { data, root } = this;
    this.dark = isDark(root);
    data.theme = data.themes[this.dark ? "dark" : "light"];
    for (const [name, colour] of Object.entries(data.theme)) root.style.setProperty(`--${name}`, colour);
  }

  get longest() {
    return this.data.runs.reduce((a, b) => (b.points.length > a.points.length ? b : a));
  }

  get rate() {
    return this.previewed?.rate ?? this.data.rate.value;
  }

  get spectrum() {
    return this.previewed?.spectrum ?? this.data.spectrum;
  }

  /** Draw the charts anew, on the axes as they were left. */
  async draw() {
    const { data, hidden } = this;
    this.view = viewOf(data, this.angles);
    const { plot } = this.charts.path;
    this.view.window = this.zoomed.path ?? spread(this.view, plot.clientWidth, plot.clientHeight);
    this.left = this.view.leavesAt(data.spectrum, data.rate.value, data.iterations, this.view.window);
    await Promise.all([
      this.react("path", pathChart(data, this.view, hidden, this.left)), this.react("loss", lossChart(data, hidden)),
    ]);
    this.trace();
    this.words();
    await painted(); // first what is looked at, then the rest
    if (data !== this.data) return;
    await this.react("apart", apartChart(data, hidden));
    if (this.tabled !== data.table) this.part(".table").innerHTML = data.table;
    this.tabled = data.table;
  }

  async react(name, { data: traces, layout }) {
    const zoom = this.zoomed[name], { plot } = this.charts[name];
    if (zoom) [layout.xaxis.range, layout.yaxis.range] = structuredClone(zoom);
    [layout.width, layout.height] = [plot.clientWidth, plot.clientHeight];
    if (this.view.kind !== "space") layout.dragmode = plot._fullLayout?.dragmode || "zoom";
    await this.Plotly.react(plot, traces, layout, CONFIG);
    if (!plot.dataset.known) this.watch(name, plot);
  }

  /** Follow what the visitor does to a chart's axes. */
  watch(name, plot) {
    plot.dataset.known = "yes";
    plot.on("plotly_relayout", (change) => {
      if (Object.keys(change).some((key) => /axis\.range/.test(key))) {
        const { xaxis, yaxis } = plot._fullLayout;
        this.zoomed[name] = [[...xaxis.range], [...yaxis.range]];
        if (name === "path") this.view.window = this.zoomed.path;
      }
      this.trace();
      this.words();
    });
    plot.on("plotly_relayouting", () => this.trace());
  }

  /** Everything again, wherever the visitor has zoomed to. */
  fit() {
    this.zoomed = {};
    this.data.path.window = structuredClone(this.data.path.fitted);
    this.draw();
  }

  /** Draw again if a chart's box has changed. */
  resize() {
    const misfit = Object.values(this.charts).some(({ plot }) => {
      const { width, height } = plot._fullLayout ?? {};
      return width && (width !== plot.clientWidth || height !== plot.clientHeight);
    });
    if (misfit && this.root.isConnected) this.draw();
  }

  /** Put everything that lies over the charts where it belongs. */
  trace() {
    for (const name of ["path", "loss"]) this.charts[name].overlay.measure();
    this.exit = traceExit(this);
    tracePreview(this);
    traceGround(this);
    this.showPoint(this.playback.index);
  }

  /** Something is being moved: draw what would come of it. Nothing is sent. */
  preview({ rate = this.rate, place }) {
    const spectrum = place ? movedTo(this.data.spectrum, place) : this.spectrum;
    this.previewed = { rate, spectrum };
    this.inHand = true;
    this.exit = traceExit(this);
    tracePreview(this);
    if (place) traceEnds(this);
    this.showPoint(this.playback.index);
    this.words();
  }

  /** While a hand is on the stage, no message may move anything under it. */
  hold(moving) {
    this.held = moving;
    if (!moving && this.waiting) this.adopt(this.waiting);
  }

  commitRate(text = String(this.rate)) {
    if (text !== this.data.rate.text || this.requests.waiting) this.send("rate", { text });
    else this.settle();
  }

  /** The hand has let go where it began. */
  settle() {
    Object.assign(this, { inHand: false, previewed: undefined });
    this.trace();
    this.words();
  }

  commitStart(place) {
    const { kind, across, up } = this.data.view;
    this.startedByHand = true;
    this.send("start", { place: Array.from(place), n: this.data.view.n, view: { kind, across, up } });
  }

  /** Ask Python. */
  send(name, value) {
    this.inHand = false;
    this.requests.ask(name, value);
    this.words();
  }

  /** What the stage shows: a preview, old answers while it waits, or what the programs say. */
  get state() {
    const { data, requests, inHand } = this;
    if (inHand) return "preview";
    if (requests.waiting) return "waiting";
    return data.verdict.verified && data.verdict.checked ? "verified" : "disagrees";
  }

  /** Say where the rate stands and what the programs say. */
  words() {
    const { root, data, rate, state: now } = this;
    root.dataset.state = now;
    root.dataset.learningRate = String(rate);
    root.dataset.maxDifference = String(data.verdict.difference);
    const sentence = regimeOf(data, rate, this.exit);
    this.part(".step").replaceChildren(...stepOf(data, rate));
    this.part(".regime").textContent = sentence;
    this.axis.show(rate, sentence);
    this.part(".words").ariaLive = now === "preview" ? "off" : "polite"; // not at every move
    const stamp = this.part(".stamp");
    stamp.className = `stamp ${now}`;
    stamp.replaceChildren(...stampOf(data, now));
    const asked = this.requests.unanswered.rate?.text ?? data.rate.text;
    this.writeRate(now === "preview" || this.previewed ? String(rate) : asked);
    if (this.view) this.part(".hint").textContent = hintOf(this.view.kind, toScale(this.view));
    this.part(".apart-hint").textContent = stripOf(data);
    this.describe();
  }

  /** Put a rate into its field, unless someone is typing there. */
  writeRate(text) {
    const { input } = this;
    const typing = document.activeElement === input && input.value !== this.written;
    if (!typing) input.value = text;
    this.written = input.value === text ? text : this.written;
    input.classList.toggle("long", input.value.length > 8);
    input.title = input.value;
  }

  /** The charts in words. */
  describe() {
    const { data } = this;
    const names = data.runs.map((run) => run.title).join(", ");
    this.charts.path.plot.tabIndex = this.view?.kind === "space" ? 0 : -1;
    this.charts.path.plot.ariaLabel = `Path of the iterates of ${names}, from x0 to the limit`;
    this.charts.loss.plot.ariaLabel = `Loss against iteration of ${names}`;
  }

  /** A point of the playback. @param {number} index */
  showPoint(index) {
    if (!this.view || !this.charts.path.overlay.area) return;
    const { data, previewed } = this, k = this.longest.points[index] ?? 0;
    const words = previewed ? showPredicted(this, k) : showPoint(this, k);
    this.part("[data-testid=scrub]").ariaValueText = `k = ${k} of ${data.iterations}`;
    const bold = document.createElement("b");
    bold.textContent = `k = ${k}`;
    this.part(".readout").replaceChildren(bold, ` of ${data.iterations}${words}`);
  }

  /** Arrow keys turn the box, when it has the focus; says whether they did. */
  turnBy(key) {
    const by = { ArrowLeft: [-12, 0], ArrowRight: [12, 0], ArrowUp: [0, -12], ArrowDown: [0, 12] }[key];
    if (by && this.view.kind === "space") this.turn(...by);
    return Boolean(by);
  }

  turn(dx, dy) {
    this.angles.turn += dx / 120;
    this.angles.tilt = Math.min(Math.max(this.angles.tilt + dy / 120, -1.5), 1.5);
    cancelAnimationFrame(this.turning);
    this.turning = requestAnimationFrame(() => this.draw());
  }
}
