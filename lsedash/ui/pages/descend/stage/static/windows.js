// The windows that the charts show. Each chart is in one of two states:
//   fitted   it shows everything; zoom() leads to zoomed
//   zoomed   it shows the window that the visitor chose; fit() leads to fitted, and so does another
//            system or view, another start for the path, another number of iterations for the loss
// The fitted window of the path stays while the start is dragged, so that no axis moves meanwhile.

/** @import { Data, Ranges } from "../../../../js/types.d.ts" */

export class Windows {
  /** @type {{path?: Ranges, loss?: Ranges, apart?: Ranges}} */
  zoomed = {};

  /** The fitted range of each of the path's directions. @type {Ranges} */
  box = [];

  /** @type {Data | null} */
  #data = null;

  /** @param {Data} data @param {boolean} startDragged  whether its start comes from a drag on the stage */
  adopt(data, startDragged) {
    const before = this.#data;
    this.#data = data;
    const sameFit = before?.fit === data.fit;
    const sameStart = before?.spectrum.start.every((x, q) => x === data.spectrum.start[q]);
    if (!sameFit || !(sameStart || startDragged)) {
      this.box = data.path.window;
      delete this.zoomed.path;
    }
    if (!sameFit || before?.iterations !== data.iterations) delete this.zoomed.loss;
  }

  /** @param {"path" | "loss" | "apart"} chart @param {Ranges} ranges */
  zoom(chart, ranges) {
    this.zoomed[chart] = ranges;
  }

  /** Whether a chart does not show everything. @param {"path" | "loss" | "apart"} chart */
  isZoomed(chart) {
    const whole = this.#data?.path.window; // anew with every message
    return chart in this.zoomed || (chart === "path" && JSON.stringify(this.box) !== JSON.stringify(whole));
  }

  /** @param {"path" | "loss" | "apart"} chart */
  fit(chart) {
    delete this.zoomed[chart];
    if (chart === "path" && this.#data) this.box = this.#data.path.window;
  }
}
