// The Plotly charts in their boxes, and our drawings over two of them.

/** @import { Chart, PlotElement, PlotlyLibrary, Ranges } from "../../../../js/types.d.ts" */
import { part } from "../../../../js/elements.js";
import { dragmodeOf, misfits, rangesOf, silence } from "../../../../js/overlay.js";
import { CHARTS, CONFIG } from "./charts.js";
import { Drawing } from "./drawing.js";

/** @typedef {keyof typeof CHARTS} Name */

export class Plots {
  #watched = new Set();

  /**
   * @param {HTMLElement} root @param {PlotlyLibrary} Plotly
   * @param {(name: Name, ranges: Ranges | null) => void} moved  called when the axes of a chart move,
   *   with null while they move and with their ranges at the end
   * @param {(name: Name) => void} fit  called by a double-click, which shows all of a chart again, as in all charts
   */
  constructor(root, Plotly, moved, fit) {
    this.Plotly = Plotly;
    this.moved = moved;
    this.fit = fit;
    const chart = (/** @type {Name} */ name) => part(root, `.${name} .chart`);
    const plot = (/** @type {Name} */ name) => /** @type {PlotElement} */ (part(root, `.${name} .plot`));
    const names = /** @type {Name[]} */ (Object.keys(CHARTS));
    this.plots = /** @type {Record<Name, PlotElement>} */ (Object.fromEntries(names.map((name) => [name, plot(name)])));
    this.drawings = {
      path: new Drawing(chart("path"), this.plots.path, "preview-path"),
      loss: new Drawing(chart("loss"), this.plots.loss, "preview-loss"),
    };
  }

  /**
   * Draw a chart.
   * @param {Name} name @param {Chart} chart
   * @param {Ranges | undefined} zoomed  the ranges of its axes, if the visitor has zoomed
   */
  async react(name, { data, layout }, zoomed) {
    const plot = this.plots[name];
    if (zoomed) [layout.xaxis.range, layout.yaxis.range] = structuredClone(zoomed);
    [layout.width, layout.height] = [plot.clientWidth, plot.clientHeight];
    if (layout.dragmode !== false) layout.dragmode = dragmodeOf(plot);
    await this.Plotly.react(plot, data, layout, CONFIG);
    silence(plot);
    this.#watch(name, plot);
  }

  /** Follow what the visitor does to a chart's axes. @param {Name} name @param {PlotElement} plot */
  #watch(name, plot) {
    if (this.#watched.has(name)) return;
    this.#watched.add(name);
    plot.on("plotly_relayout", (change) => {
      const zoomed = Object.keys(change).some((key) => /axis\.range/.test(key));
      this.moved(name, zoomed ? rangesOf(plot) : null);
    });
    plot.on("plotly_relayouting", () => this.moved(name, null));
    plot.on("plotly_doubleclick", () => this.fit(name));
  }

  /** Whether the size of a chart's box has changed since it was drawn. */
  get misfit() {
    return Object.values(this.plots).some(misfits);
  }
}
