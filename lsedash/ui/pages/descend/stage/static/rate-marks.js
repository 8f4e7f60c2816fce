// The named learning rates on the axis, and the stretch before the edge that the lens magnifies. No DOM.

/** @import { Convention } from "../../../../js/convention.js" */
/** @import { Marks, RateNames } from "../../../../js/types.d.ts" */
import { OURS, rateIn } from "../../../../js/convention.js";
import { rounded, short, toldApart } from "../../../../js/numbers.js";
import { EDGE, END, isSame } from "../../../../js/rate-scale.js";

const FINEST = 1e-9; // the smallest distance from a rate to the edge that floats resolve
const LENS = 0.1; // the widest stretch before the edge that is magnified: 5 % of the edge
const ALIKE = 1e-9; // relative difference of two rates that are one mark

/** A rate as it is spoken. @typedef {(rate: number) => number} Told */
/** @typedef {{step: number, name: string, rate: number, side: "left" | "right", words: string}} Mark */

/**
 * The marks, in the order in which their labels are placed.
 * @param {Marks} marks @param {RateNames} names
 * @param {number | null} best  the best rate for these iterations; null if all leave the same loss
 * @param {Convention} [spoken]  in which the rates are written
 */
export function marksOf({ top, optimal, edge }, names, best, spoken = OURS) {
  const fastest = top * optimal;
  const near = [optimal, ...(best === null ? [] : [best])].map((rate) => EDGE - top * rate)
    .filter((distance) => distance >= FINEST && distance <= LENS);
  const width = near.length ? Math.min(LENS, 3 * Math.min(...near)) : LENS;
  const named = [{ step: 1, rate: edge / 2 }, { step: fastest, rate: optimal }, { step: EDGE, rate: edge }];
  if (best !== null) named.push({ step: top * best, rate: best });
  const told = (/** @type {number} */ rate) => rateIn(spoken, rate);
  const chosen = chosenMarks(fastest, { top, optimal, edge }, names, best, told);
  return {
    stretch: [EDGE - width, EDGE + width / 4],
    magnified: `the last ${percent(width)} before the edge`,
    named,
    main: mainMarks(chosen, edge, told),
    lens: lensMarks(chosen, names, width, edge, told),
  };
}

/**
 * The marks of the two rates to choose, the smaller one first; one mark if they are the same.
 * @param {number} fastest  in steps @param {Marks} marks @param {RateNames} names @param {number | null} best
 * @param {Told} told @returns {Mark[]}
 */
function chosenMarks(fastest, { top, optimal, edge }, names, best, told) {
  const alike = best !== null && Math.abs(best - optimal) <= ALIKE * optimal;
  const two = best !== null && !alike;
  const [, longRun, most] = toldApart([edge, optimal, ...(two ? [best] : [])].map(told));
  const name = isSame(fastest, 1) ? "one step is enough:" : alike ? `${names.longRun} and ${names.best}` : names.longRun;
  /** @type {Mark[]} */
  const marks = [{ step: fastest, name, rate: optimal, side: "left", words: longRun }];
  if (two) {
    const arrow = top * best > END ? " →" : "";
    marks.push({ step: top * best, name: names.best, rate: best, side: "left", words: most + arrow });
  }
  return marks.sort((a, b) => a.step - b.step);
}

/** @param {Mark[]} chosen @param {number} edge @param {Told} told @returns {Mark[]} */
function mainMarks(chosen, edge, told) {
  const [most] = toldApart([edge, ...chosen.map(({ rate }) => rate)].map(told));
  /** @type {Mark[]} */
  const marks = [{ step: EDGE, name: "edge", rate: edge, side: "right", words: most }];
  if (!chosen.some(({ step }) => Math.abs(step - 1) < 0.02)) { // two ticks would overlap
    marks.push({ step: 1, name: "steepest in one step", rate: edge / 2, side: "left", words: short(told(edge / 2)) });
  }
  return [...marks, ...chosen];
}

/** @param {Mark[]} chosen @param {RateNames} names @param {number} width @param {number} edge @param {Told} told @returns {Mark[]} */
function lensMarks(chosen, names, width, edge, told) {
  const near = chosen.filter(({ step }) => EDGE - step >= FINEST && EDGE - step <= width);
  const shares = toldApart(near.map(({ step }) => 50 * (EDGE - step)), 2);
  return [
    { step: EDGE, name: "edge", rate: edge, side: "right", words: short(told(edge)) },
    ...near.map((mark, i) => ({ ...mark, name: shortened(mark.name, names), words: `−${shares[i]} %` })),
  ];
}

/** A name as the lens has room for. @param {string} name @param {RateNames} names */
function shortened(name, { longRun, best, short: [longRunShort, bestShort] }) {
  return { [longRun]: longRunShort, [best]: bestShort }[name] ?? name;
}

/** A distance to the edge as a share of it. @param {number} distance  in steps */
function percent(distance) {
  return `${rounded(50 * distance, 2)} %`;
}
