// What the stage's charts show, for the pictures of them: subjects and legends.

/** @import { LegendEntry, Run, Scene, Subject } from "../../../../js/types.d.ts" */
/** @import { Name } from "./plots.js" */
import { OURS, rateIn } from "../../../../js/convention.js";
import { part } from "../../../../js/elements.js";
import { pictureButtons } from "../../../../js/picture-buttons.js";
import { isCurve } from "./fit.js";
import { CHARTS } from "./charts.js";

const TITLES = { path: "Path", loss: "Loss", apart: "Disagreement" };
const HEADINGS = { path: "Path of the iterates", loss: "Loss", apart: "Disagreement with the first program" };

/** Give every chart its buttons. @param {HTMLElement} root @param {() => Scene | null} sceneNow */
export function addPictureButtons(root, sceneNow) {
  for (const name of /** @type {Name[]} */ (Object.keys(CHARTS))) {
    const chart = part(root, `.${name} .chart`);
    chart.append(pictureButtons(`${TITLES[name]} chart`, () => {
      const scene = sceneNow();
      return scene && { chart, subject: subjectOf(name, scene), legend: legendOf(name, scene) };
    }));
  }
}

/** @param {Name} name @param {Scene} scene @returns {Subject} */
export function subjectOf(name, { data, view, rate }) {
  const space = name === "path" && view.kind === "space" ? " in space" : "";
  const { iterations, fitted, spoken = null } = data, said = spoken !== null && spoken.key !== OURS.key;
  const what = {
    iterations, system: said ? `${data.system} · ${spoken.lossName}` : data.system, rate: said ? rateIn(spoken, rate) : rate,
  };
  if (name === "path" && fitted) {
    return { title: "Fit", heading: isCurve(fitted) ? "Fit of the data" : "Fit: A x against b", ...what };
  }
  if (name === "path" && data.lines) return { title: "Rows", heading: "Rows of A x = b and the path of the iterates", ...what };
  return { title: TITLES[name] + space, heading: HEADINGS[name] + space, ...what };
}

/** The programs that are shown, and the prediction. @param {Name} name @param {Scene} scene @returns {LegendEntry[]} */
export function legendOf(name, { data, hidden, theme, previewed }) {
  const runs = data.runs.slice(name === "apart" ? 1 : 0).filter((run) => !hidden.has(run.key));
  const entries = runs.map((run) => ({ name: run.title, stroke: strokeOf(run) }));
  if (name === "apart") {
    const stroke = { stroke: theme.ink, "stroke-width": 1.5, "stroke-dasharray": "4,4" };
    return [...entries, { name: `one ${data.dtype} rounding of x`, stroke }];
  }
  if (previewed) return [...entries, { name: "preview", stroke: { stroke: theme.ink, "stroke-width": 2 } }];
  const dots = { stroke: theme.ink, "stroke-width": 4, "stroke-linecap": "round", "stroke-dasharray": "0,9" };
  const band = { stroke: theme.quiet, "stroke-width": 12, "stroke-opacity": 0.35 };
  return [...entries, { name: "predicted", stroke: name === "path" ? dots : band }];
}

/** @param {Run} run */
function strokeOf({ colour, width, dash }) {
  return { stroke: colour, "stroke-width": width, "stroke-dasharray": dash.replaceAll("px", "") || "none" };
}
