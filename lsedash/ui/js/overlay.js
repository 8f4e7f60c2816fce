// The position of a Plotly chart's axes, so that we can draw over it. Only this module uses
// undocumented names of Plotly.

/** @import { PlotArea, Ranges } from "./types.d.ts" */

/**
 * An axis as Plotly keeps it.
 * @typedef {object} Axis
 * @property {number} _offset  pixels from the chart's edge
 * @property {number} _length  pixels
 * @property {[number, number]} range
 * @property {(value: number) => number} d2p  from data to pixels of the axis
 * @property {(pixel: number) => number} p2d
 */

/** @typedef {{xaxis: Axis, yaxis: Axis, width: number, height: number, dragmode: string | false}} FullLayout */

/** @param {Element} plot @returns {FullLayout | undefined} */
function layoutOf(plot) {
  const layout = /** @type {Element & {_fullLayout?: FullLayout}} */ (plot)._fullLayout;
  return layout?.xaxis ? layout : undefined;
}

/** Plotly's chart in an element, once it is drawn. @param {Element | null} box */
export function plotIn(box) {
  return box?.querySelector(".js-plotly-plot") ?? null;
}

/** The group that holds the curves of a chart, once it is drawn. @param {Element} plot */
export function curvesOf(plot) {
  return plot.querySelector(".scatterlayer")?.parentElement ?? null;
}

/** The drawn curve of the trace whose name begins with a text. @param {Element} plot @param {string} start @returns {SVGElement | null} */
export function curveNamed(plot, start) {
  const { data = [] } = /** @type {Element & {data?: {name?: string}[]}} */ (plot);
  const index = data.findIndex(({ name }) => name?.startsWith(start));
  /** @type {NodeListOf<SVGElement>} */
  const curves = plot.querySelectorAll(".scatterlayer .trace");
  return curves[index] ?? null;
}

/** Whether a press is on the area between the axes. @param {EventTarget | null} target */
export function isInPlotArea(target) {
  return target instanceof Element && target.closest(".nsewdrag") !== null;
}

/** Keep a chart's ticks and texts from a screen reader; a sentence stands for them. @param {Element} plot */
export function silence(plot) {
  for (const drawing of plot.querySelectorAll(".main-svg")) drawing.ariaHidden = "true";
}

/** @param {Element} plot @returns {PlotArea | null}  null as long as nothing is drawn */
export function areaOf(plot) {
  const layout = layoutOf(plot);
  if (!layout) return null;
  const { xaxis, yaxis } = layout, left = xaxis._offset, top = yaxis._offset;
  return {
    left, top, width: xaxis._length, height: yaxis._length,
    across: (x) => left + xaxis.d2p(x),
    up: (y) => top + yaxis.d2p(y),
    back: (x, y) => [xaxis.p2d(x - left), yaxis.p2d(y - top)],
  };
}

/** The ranges that the two axes show, [low, high] each. @param {Element} plot @returns {Ranges} */
export function rangesOf(plot) {
  const layout = layoutOf(plot);
  return layout ? [[...layout.xaxis.range], [...layout.yaxis.range]] : [];
}

/** Whether the size of a chart's box has changed since it was drawn. @param {Element} plot */
export function misfits(plot) {
  const { width, height } = layoutOf(plot) ?? {};
  return Boolean(width) && (width !== plot.clientWidth || height !== plot.clientHeight);
}

/** The visitor's choice of what a drag on the chart does. @param {Element} plot */
export function dragmodeOf(plot) {
  return layoutOf(plot)?.dragmode || "zoom";
}

/** Whether a touch is on a part of a chart that Plotly would drag. @param {EventTarget | null} target */
export function isDraggedByPlotly(target) {
  return target instanceof Element && target.closest(".js-plotly-plot .draglayer") !== null;
}
