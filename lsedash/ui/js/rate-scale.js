// The scale on which a learning rate is set, alpha * lambda_max: its regimes, and how keys and
// pointers move a rate. A "step" is a rate in these units. No DOM.

/** @import { ModeKind } from "./types.d.ts" */
/** @import { Convention } from "./convention.js" */
import { OURS, tidyRate } from "./convention.js";
import { within } from "./numbers.js";

export const END = 2.3; // of the axis; the largest stable rate is at 2
export const EDGE = 2;
const SAME = 4 * Number.EPSILON;
const SNAP = 6; // pixels
const REGIMES = [
  { name: "monotone", from: 0, to: 1 },
  { name: "oscillating", from: 1, to: EDGE },
  { name: "growing", from: EDGE, to: Infinity },
];

/** The kind of a mode, as lsedash.theory names it. @param {number} step @returns {ModeKind} */
export function kindOf(step) {
  if (step === 0) return "frozen";
  if (isSame(step, 1)) return "one-step";
  if (isSame(step, EDGE)) return "undamped";
  if (step < 1) return "monotone";
  return step < EDGE ? "oscillating" : "diverging";
}

/** Whether two steps are equal up to rounding. @param {number} step @param {number} other */
export function isSame(step, other) {
  return Math.abs(step - other) <= other * SAME;
}

/** The regimes in a stretch, each with its share of the stretch. @param {number[]} stretch */
export function regimesOf([low, high]) {
  return REGIMES
    .map(({ name, from, to }) => ({ name, share: (Math.min(to, high) - Math.max(from, low)) / (high - low) }))
    .filter(({ share }) => share > 0);
}

/** The position of a step on a stretch, from 0 at its lower end to 1 at its upper end. @param {number} step @param {number[]} stretch */
export function shareOf(step, [low, high]) {
  return (step - low) / (high - low);
}

/**
 * The step after a key: arrows move by a hundredth, page keys by a tenth, but not below `least`; Home
 * and End move to the ends.
 * @param {string} key @param {number} step @param {number} least
 * @returns {number | null}  null for any other key
 */
export function keyed(key, step, least) {
  if (key === "Home") return least;
  if (key === "End") return END;
  /** @type {Record<string, number>} */
  const changes = {
    ArrowRight: 0.01, ArrowUp: 0.01, ArrowLeft: -0.01, ArrowDown: -0.01, PageUp: 0.1, PageDown: -0.1,
  };
  return Object.hasOwn(changes, key) ? Math.max(step + changes[key], Math.min(step, least)) : null;
}

/**
 * The step at a pointer's position, always above 0.
 * @param {number} share  from 0 at the track's left end to 1 at its right one
 * @param {number[]} stretch @param {number} perPixel  in steps
 */
export function pointed(share, [low, high], perPixel) {
  return within(low + share * (high - low), Math.max(low, 0) + perPixel / 2, high);
}

/**
 * The rate at a step: a named rate if one is near, else as many digits as a pixel can tell apart.
 * @param {number} step @param {number} top  lambda_max @param {number} perPixel  in steps
 * @param {{step: number, rate: number}[]} named @param {Convention} [spoken]  in which the digits are few
 */
export function rateAt(step, top, perPixel, named, spoken = OURS) {
  const distance = (/** @type {{step: number}} */ mark) => Math.abs(mark.step - step);
  const [nearest] = [...named].sort((a, b) => distance(a) - distance(b));
  if (nearest && distance(nearest) <= SNAP * perPixel) return nearest.rate;
  return tidyRate(spoken, step / top, perPixel / step);
}
