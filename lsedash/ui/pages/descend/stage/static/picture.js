// The charts and everything over and under them, of the data that Python told last and the preview.

/** @import { Data, PlotlyLibrary, Ranges, Scene, View } from "../../../../js/types.d.ts" */
/** @import { Name } from "./plots.js" */
/** @import { Preview } from "./preview.js" */
/** @import { Hand } from "./start-handle.js" */
import { part } from "../../../../js/elements.js";
import { within } from "../../../../js/numbers.js";
import { isDark, painted } from "../../../../js/page.js";
import { apartChart, lossChart, pathChart, spread } from "./charts.js";
import { Plots } from "./plots.js";
import { traceEnds, traceExit, traceGround, tracePoint, tracePreview } from "./scene.js";
import { StartHandle } from "./start-handle.js";
import { viewOf } from "./view.js";
import { Windows } from "./windows.js";

export class Picture {
  /** Keys of the programs that are not shown. @type {Set<string>} */
  hidden = new Set();

  windows = new Windows();

  angles = { turn: -0.6, tilt: 0.4 };

  turning = 0; // the frame that will draw a turned box

  dark = false;

  table = ""; // as it is shown

  /** What the path chart shows; null as long as it shows nothing of the data. @type {View | null} */
  view = null;

  /** The k at which the programs' path leaves the window. @type {number | null} */
  left = null;

  /** The k at which the path that is shown leaves it. @type {number | null} */
  exit = null;

  /**
   * @param {HTMLElement} root @param {PlotlyLibrary} Plotly @param {Data} data @param {Preview} preview
   * @param {Omit<Hand, "turn"> & {changed: () => void}} listener  of the start; and `changed` is called when
   *   axes have moved
   */
  constructor(root, Plotly, data, preview, listener) {
    this.root = root;
    this.data = data;
    this.preview = preview;
    this.listener = listener;
    this.plots = new Plots(root, Plotly, (...change) => this.zoom(...change));
    this.drawings = this.plots.drawings;
    this.start = new StartHandle(this.drawings.path, { ...listener, turn: (dx, dy) => this.turn(dx, dy) });
    new ResizeObserver(() => {
      if (this.plots.misfit && root.isConnected) this.draw();
    }).observe(root);
    root.addEventListener("transitionend", ({ target, propertyName }) => {
      const turned = target === root && propertyName === "color" && isDark(root) !== this.dark;
      if (turned) this.draw(); // see stage.css
    });
  }

  /** @param {Data} data @param {boolean} startDragged  whether its start comes from a drag on the stage */
  adopt(data, startDragged) {
    this.windows.adopt(data, startDragged);
    this.data = data;
    this.view = null;
  }

  /** Show everything again, wherever the visitor has zoomed to. */
  fit() {
    this.windows.fit();
    this.draw();
  }

  /** Everything that the drawings depend on; null as long as nothing is drawn. @returns {Scene | null} */
  get scene() {
    const { data, theme, view, hidden, left, preview } = this;
    return view && { data, theme, view, hidden, left, ...preview.over(data), previewed: preview.shown !== null };
  }

  get theme() {
    return this.data.themes[this.dark ? "dark" : "light"];
  }

  /** Take the colours of the theme that the page is in. */
  paint() {
    this.dark = isDark(this.root);
    for (const [name, colour] of Object.entries(this.theme)) this.root.style.setProperty(`--${name}`, colour);
  }

  /** Draw the charts anew, on the axes as they were left. */
  async draw() {
    this.paint();
    const { data, hidden, plots, theme, windows: { box, zoomed } } = this, { path } = plots.plots;
    const view = viewOf(data.view.n, box, this.angles);
    view.window = zoomed.path ?? spread(view, path.clientWidth, path.clientHeight);
    this.view = view;
    this.left = view.leavesAt(data.spectrum, data.rate.value, data.iterations, view.window);
    const shown = { data, theme, hidden, view, left: this.left };
    await Promise.all([
      plots.react("path", pathChart(shown), zoomed.path), plots.react("loss", lossChart(shown), zoomed.loss),
    ]);
    this.trace();
    await painted(); // first what is looked at, then the rest
    if (data !== this.data) return;
    await plots.react("apart", apartChart(shown), zoomed.apart);
    if (this.table !== data.table) part(this.root, ".table").innerHTML = data.table;
    this.table = data.table;
  }

  /** The visitor has moved the axes of a chart. @param {Name} name @param {Ranges | null} ranges  where to */
  zoom(name, ranges) {
    if (ranges) this.windows.zoom(name, ranges);
    if (ranges && name === "path" && this.view) this.view.window = ranges;
    this.trace();
  }

  /** Put everything that lies over the charts where it belongs. */
  trace() {
    for (const drawing of Object.values(this.drawings)) drawing.measure();
    this.tracePreview(true);
    if (this.scene) traceGround(this.drawings, this.scene);
    this.listener.changed();
  }

  /** Draw the preview. @param {boolean} startMoved  whether its start is another one */
  tracePreview(startMoved) {
    const { scene, drawings } = this;
    if (!scene) return;
    this.exit = traceExit(drawings, scene);
    tracePreview(drawings, scene, this.exit);
    if (startMoved) traceEnds(drawings, this.start, scene);
  }

  /** Show the point k of the playback, and return it in words. @param {number} k */
  tracePoint(k) {
    return this.scene && this.drawings.path.ready ? tracePoint(this.drawings, this.scene, k) : "";
  }

  /** Arrow keys turn the box, when it has the focus; says whether they did. @param {string} key */
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
