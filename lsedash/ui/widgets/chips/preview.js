// The preview of a lane of the race while its rate is dragged: the closed form, drawn over the lane's
// chart and over the losses, on axes that stay as they are. The lane's old curve fades meanwhile.

/** @import { Line, Packed, PlotArea, Spectrum } from "../../js/types.d.ts" */
import { descend } from "../../js/closed-form.js";
import { setAll, svg } from "../../js/elements.js";
import { areaOf, curveNamed, curvesOf, plotIn, rangesOf } from "../../js/overlay.js";
import { spectrum, unpack } from "../../js/packed.js";
import { keyed } from "../../js/page.js";
import { previewPaths } from "../../js/strokes.js";

const CLASS = "lsedash-preview", FADED = "lsedash-faded";

/**
 * What is needed to preview a rate: the closed form, the iterations to draw, the charts by key.
 * @typedef {{spectrum: Packed<Spectrum>, ks: string, paths: string[], losses: string}} Previewed
 */

/** Preview a lane at a rate. @param {Previewed} data @param {number} number  of the lane, from 1 @param {number} rate */
export function previewLane(data, number, rate) {
  const ks = unpack(data.ks), { places, losses } = descend(spectrum(data.spectrum), rate, ks);
  const width = places.length / ks.length;
  const along = (/** @type {number} */ q) => Array.from(ks, (_, i) => places[i * width + q]);
  if (width === 2) for (const key of data.paths) drawIn(key, number, () => ({ x: along(0), y: along(1) }));
  drawIn(data.losses, number, (floor) => ({ x: ks, y: losses.map((loss) => Math.max(loss, floor)) }));
}

/** Remove all previews. */
export function removePreviews() {
  for (const preview of document.querySelectorAll(`.${CLASS}`)) preview.remove();
  for (const curve of document.querySelectorAll(`.${FADED}`)) curve.classList.remove(FADED);
}

/** Draw a preview over a chart, if the lane is in it. @param {string} key  of the chart @param {number} number @param {(floor: number) => Line} lineOn  gets the lower edge of a log axis */
function drawIn(key, number, lineOn) {
  const plot = plotIn(document.querySelector(keyed(key)));
  const curve = plot && curveNamed(plot, `${number}:`), curves = plot && curvesOf(plot), area = plot && areaOf(plot);
  if (!plot || !curve || !curves || !area) return;
  curve.classList.add(FADED);
  const { inside, dots } = previewPaths(inner(area), lineOn(10 ** rangesOf(plot)[1][0]), Infinity);
  const box = curves.querySelector(`.${CLASS}`) ?? added(curves);
  setAll(box, { width: area.width, height: area.height });
  box.children[0].setAttribute("d", inside);
  box.children[1].setAttribute("d", dots);
}

/** @param {Element} curves */
function added(curves) {
  const box = svg("svg", { class: CLASS });
  box.append(svg("path", { class: "line" }), svg("path", { class: "dots" }));
  curves.append(box);
  return box;
}

/** The area, with positions from its own corner. @param {PlotArea} area @returns {PlotArea} */
function inner(area) {
  return { ...area, across: (x) => area.across(x) - area.left, up: (y) => area.up(y) - area.top };
}
