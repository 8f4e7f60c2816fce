// The named learning rates on the axis, and the stretch before the edge that the lens magnifies. No DOM.

/** @import { Marks } from "../../../../js/types.d.ts" */
import { rounded, short, toldApart } from "../../../../js/numbers.js";
import { EDGE, isSame } from "../../../../js/rate-scale.js";

const FINEST = 1e-9; // the smallest distance from the fastest rate to the edge that floats resolve
const LENS = 0.1; // the widest stretch before the edge that is magnified: 5 % of the edge

/** @typedef {{step: number, name: string, rate: number, side: "left" | "right", words: string}} Mark */

/** @param {Marks} marks */
export function marksOf({ top, optimal, edge }) {
  const fastest = top * optimal;
  const distinct = EDGE - fastest >= FINEST;
  const width = distinct ? Math.min(LENS, 3 * (EDGE - fastest)) : LENS;
  return {
    stretch: [EDGE - width, EDGE + width / 4],
    magnified: `the last ${percent(width)} before the edge`,
    named: [{ step: 1, rate: edge / 2 }, { step: fastest, rate: optimal }, { step: EDGE, rate: edge }],
    main: mainMarks(fastest, optimal, edge),
    lens: lensMarks(distinct, width, fastest, optimal, edge),
  };
}

/** @param {number} fastest @param {number} optimal @param {number} edge @returns {Mark[]} */
function mainMarks(fastest, optimal, edge) {
  const [best, most] = toldApart([optimal, edge]);
  /** @type {Mark} */
  const last = { step: EDGE, name: "edge", rate: edge, side: "right", words: most };
  if (fastest < 1.02) { // two marks would overlap
    const name = isSame(fastest, 1) ? "fastest, one step is enough:" : "fastest";
    return [{ step: 1, name, rate: optimal, side: "left", words: short(optimal) }, last];
  }
  return [
    { step: 1, name: "steepest in one step", rate: edge / 2, side: "left", words: short(edge / 2) },
    { step: fastest, name: "fastest", rate: optimal, side: fastest > 1.45 ? "left" : "right", words: best },
    last,
  ];
}

/**
 * @param {boolean} distinct @param {number} width @param {number} fastest @param {number} optimal @param {number} edge
 * @returns {Mark[]}
 */
function lensMarks(distinct, width, fastest, optimal, edge) {
  /** @type {Mark[]} */
  const marks = [];
  if (distinct && fastest >= EDGE - width) {
    const side = fastest > EDGE - 0.6 * width ? "left" : "right";
    marks.push({ step: fastest, name: "fastest", rate: optimal, side, words: `−${percent(EDGE - fastest)}` });
  }
  marks.push({ step: EDGE, name: "edge", rate: edge, side: "right", words: short(edge) });
  return marks;
}

/** A distance to the edge as a share of it. @param {number} distance  in steps */
function percent(distance) {
  return `${rounded(50 * distance, 2)} %`;
}
