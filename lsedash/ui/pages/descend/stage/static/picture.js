// The charts and all drawings over and under them, for Python's last message and the preview.

/** @import { Data, PlotlyLibrary, Ranges, Scene, View } from "../../../../js/types.d.ts" */
/** @import { Ghost } from "./ghost.js" */
/** @import { Name } from "./plots.js" */
/** @import { Preview } from "./preview.js" */
/** @import { Listener } from "./start-handle.js" */
import { part } from "../../../../js/elements.js";
import { within } from "../../../../js/numbers.js";
import { isDark, letterSize, painted } from "../../../../js/page.js";
import { CHARTS, spread } from "./charts.js";
import { Plots } from "./plots.js";
import { FitDrawing } from "./fit-drawing.js";
import { ghostAfter, traceGhost } from "./ghost.js";
import { Pointed } from "./pointed.js";
import { RowsDrawing } from "./rows-drawing.js";
import { traceEnds, traceExit, traceGround, tracePoint, tracePreview } from "./scene.js";
import { StartHandle } from "./start-handle.js";
import { fitView, viewOf } from "./view.js";
import { Windows } from "./windows.js";

export class Picture {
  /** Keys of the programs that are not shown. @type {Set<string>} */
  hidden = new Set();

  windows = new Windows();

  angles = { turn: -0.6, tilt: 0.4 };

  turning = 0; // the request for a frame that will draw the turned box

  dark = false;

  trail = false; // whether the curve up to the playback's k stands out

  residuals = false; // whether Fit and Rows show them

  table = ""; // the HTML that is shown

  /** The run before the last change of the rate. @type {Ghost | null} */
  ghost = null;

  /** The view of the path chart; null until the chart shows the data. @type {View | null} */
  view = null;

  /** The k at which the programs' path leaves the window. @type {number | null} */
  left = null;

  /** The k at which the path that is shown, perhaps a preview, leaves it. @type {number | null} */
  exit = null;

  /**
   * @param {HTMLElement} root @param {PlotlyLibrary} Plotly @param {Data} data @param {Preview} preview
   * @param {Omit<Listener, "turn"> & {changed: () => void}} listener  of the start; `changed` is called
   *   after axes have moved
   */
  constructor(root, Plotly, data, preview, listener) {
    this.root = root;
    this.data = data;
    this.theme = data.themes.light;
    this.preview = preview;
    this.listener = listener;
    this.plots = new Plots(root, Plotly, (...change) => this.zoom(...change), (name) => this.fit(name));
    this.drawings = this.plots.drawings;
    this.fitDrawing = new FitDrawing(this.drawings.path);
    this.rowsDrawing = new RowsDrawing(this.drawings.path);
    this.pointed = new Pointed(this.drawings.path, (...at) => this.fitDrawing.at(...at) ?? this.rowsDrawing.at(...at));
    this.start = new StartHandle(this.drawings.path, { ...listener, turn: (dx, dy) => this.turn(dx, dy) });
    new ResizeObserver(() => {
      if (this.plots.misfit && root.isConnected) this.draw();
    }).observe(root);
    root.addEventListener("transitionend", ({ target, propertyName }) => {
      const turned = target === root && propertyName === "color" && isDark(root) !== this.dark;
      if (turned) this.draw(); // see stage.css
    });
  }

  /** Take over new data. @param {Data} data @param {boolean} startDragged  whether its start comes from a drag on the stage */
  adopt(data, startDragged) {
    this.windows.adopt(data, startDragged);
    this.ghost = ghostAfter(this.data, data, this.ghost);
    this.data = data;
    this.view = null;
  }

  /** Show everything in a chart again, after the visitor has zoomed. @param {Name} name */
  fit(name) {
    this.windows.fit(name);
    this.draw();
  }

  /** Offer to fit the charts that do not show everything. */
  offerFit() {
    for (const button of this.root.querySelectorAll("[data-chart]")) {
      const name = /** @type {Name} */ (button.getAttribute("data-chart"));
      button.toggleAttribute("hidden", !this.windows.isZoomed(name));
    }
  }

  /** All that the drawings depend on; null until the charts are drawn. @returns {Scene | null} */
  get scene() {
    const { data, theme, view, hidden, left, preview, trail, residuals } = this;
    return view && { data, theme, view, hidden, left, trail, residuals, ...preview.over(data), previewed: preview.shown !== null };
  }

  /** Take over the colours of the page's theme, and the size of its letters. */
  paint() {
    this.dark = isDark(this.root);
    this.theme = { ...this.data.themes[this.dark ? "dark" : "light"], letters: letterSize() };
    for (const [name, colour] of Object.entries(this.theme)) this.root.style.setProperty(`--${name}`, String(colour));
  }

  /** Draw the charts again, on the axes as the visitor left them. */
  async draw() {
    this.paint();
    const { data, hidden, plots, theme, windows: { box, zoomed } } = this, { path } = plots.plots;
    const view = data.fitted ? fitView(box) : viewOf(data.view.n, box, this.angles);
    view.window = zoomed.path ?? spread(view, path.clientWidth, path.clientHeight, theme.letters);
    this.view = view;
    this.left = view.leavesAt(data.spectrum, data.rate.value, data.iterations, view.window);
    const shown = { data, theme, hidden, view, left: this.left };
    const react = (/** @type {Name} */ name) => plots.react(name, CHARTS[name](shown), zoomed[name]);
    await Promise.all([react("path"), react("loss")]);
    this.trace();
    await painted(); // the two charts with drawings first, then the rest
    const rest = /** @type {Name[]} */ (Object.keys(CHARTS)).filter((name) => !(name in this.drawings));
    for (const name of rest) {
      if (data !== this.data) return;
      await react(name);
    }
    if (this.table !== data.table) part(this.root, ".table").innerHTML = data.table;
    this.table = data.table;
  }

  /** The visitor has moved the axes of a chart. @param {Name} name @param {Ranges | null} ranges  that they show; null while they move */
  zoom(name, ranges) {
    if (ranges) this.windows.zoom(name, ranges);
    if (ranges && name === "path" && this.view) this.view.window = ranges;
    this.trace();
  }

  /** Draw everything that lies over and under the charts again. */
  trace() {
    for (const drawing of Object.values(this.drawings)) {
      drawing.letters = this.theme.letters ?? 1;
      drawing.measure();
    }
    this.offerFit();
    this.tracePreview(true);
    const { scene, drawings } = this;
    if (scene) {
      traceGround(drawings, scene);
      traceGhost(drawings, scene, this.ghost);
      this.fitDrawing.drawGround(scene);
      this.rowsDrawing.drawGround(scene);
    }
    this.listener.changed();
  }

  /** Draw the preview. @param {boolean} startMoved  whether its start has changed */
  tracePreview(startMoved) {
    const { scene, drawings } = this;
    if (!scene) return;
    this.exit = traceExit(drawings, scene);
    tracePreview(drawings, scene, this.exit);
    if (startMoved) traceEnds(drawings, this.start, scene);
  }

  /** Show point k of the playback; returns its description. @param {number} k */
  tracePoint(k) {
    const { scene, drawings } = this;
    if (!scene || !drawings.path.ready) return "";
    this.fitDrawing.drawAt(scene, k);
    this.rowsDrawing.drawAt(scene, k);
    this.pointed.update();
    return tracePoint(drawings, scene, k);
  }

  /** Turn the box by an arrow key; returns whether it was an arrow key. @param {string} key */
  press(key) {
    /** @type {Record<string, number[]>} */
    const turns = { ArrowLeft: [-12, 0], ArrowRight: [12, 0], ArrowUp: [0, -12], ArrowDown: [0, 12] };
    const [dx, dy] = turns[key] ?? [];
    if (dx !== undefined && this.view?.kind === "space") this.turn(dx, dy);
    return dx !== undefined;
  }

  /** @param {number} dx @param {number} dy  in pixels */
  turn(dx, dy) {
    this.angles.turn += dx / 120;
    this.angles.tilt = within(this.angles.tilt + dy / 120, -1.5, 1.5);
    cancelAnimationFrame(this.turning);
    this.turning = requestAnimationFrame(() => this.draw());
  }
}
