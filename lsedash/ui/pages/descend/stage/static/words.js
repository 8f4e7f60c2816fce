// The sentences of the stage: the regime of a rate, and how predicted and measured compare.

/** @import { Data, Descent, RateNames, StageState } from "../../../../js/types.d.ts" */
/** @import { Fitted, RowLines } from "../../../../js/fit.d.ts" */
import { OURS, rateIn } from "../../../../js/convention.js";
import { largestResidual } from "./fit.js";
import { short, toldApart } from "../../../../js/numbers.js";
import { kindOf } from "../../../../js/rate-scale.js";

/**
 * The regime of a rate in one sentence, and the rate's name if it has one.
 * @param {Pick<Data, "marks" | "regimes" | "rateNames"> & {spoken?: Data["spoken"]}} data @param {number} rate
 * @param {number | null} best  the best rate for these iterations; null if all leave the same loss
 * @param {number | null} exit  the iteration at which the path leaves the window
 */
export function regimeOf({ marks, regimes, rateNames, spoken }, rate, best, exit) {
  if (!marks) return regimes.frozen;
  const leaves = exit === null ? "" : `; the path leaves the window at iteration ${exit}`;
  const [shown, edge] = toldApart([rate, marks.edge].map((one) => rateIn(spoken ?? OURS, one)));
  return regimes[kindOf(rate * marks.top)].concat(nameOf(rate, marks.optimal, best, rateNames))
    .replace("{rate}", shown).replace("{edge}", edge).replace("{leaves}", leaves);
}

/** @param {number} rate @param {number} optimal @param {number | null} best @param {RateNames} names */
function nameOf(rate, optimal, best, names) {
  const found = [rate === optimal ? names.longRun : "", rate === best ? names.best : ""].filter(Boolean);
  return found.length ? ` This rate is ${found.join(" and ")}.` : "";
}

/**
 * The verdict on the programs' results: a word, and the rest of the sentence.
 * @param {Pick<Data, "verdict" | "recorded">} data @param {StageState} state
 */
export function stampOf({ verdict, recorded }, state) {
  const texts = {
    preview: ["preview", ": what theory predicts"],
    prediction: ["predicted here", `; ${recorded}`],
    waiting: ["running", ": the programs run"],
    verified: ["✓ verified", `: ${verdict.text}`],
    disagrees: [verdict.checked ? "✗ disagrees" : "nothing to verify", `: ${verdict.text}`],
  };
  return texts[state];
}

export const MOST_NAMED = 3; // entries of x in one line

/** @param {Pick<Data, "view" | "path">} data */
export function directionNames({ view, path }) {
  return view.n === 1 ? path.names.slice(0, 1) : path.names;
}

/** "x₁ = 1.5, x₂ = -1.8" for point i. @param {string[]} names @param {Float64Array} places @param {number} i */
export function describedPlace(names, places, i) {
  return names.map((name, q) => `${name} = ${short(places[i * names.length + q])}`).join(", ");
}

/**
 * The place and the loss of point i of a descent; if the place has many entries, its largest residual.
 * @param {Pick<Data, "view" | "path" | "loss" | "fitted">} data @param {Descent} descent @param {number} i
 */
export function describedPoint(data, { places, losses }, i) {
  const names = directionNames(data), n = names.length;
  const place = data.fitted && n > MOST_NAMED
    ? `largest residual = ${describedResidual(data, data.fitted, places.subarray(i * n, (i + 1) * n))}`
    : describedPlace(names, places, i);
  return ` · ${place} · loss = ${describedLoss(losses[i], data.loss.rounding)}`;
}

/** The largest residual of an x, or that it is 0 to rounding. @param {Pick<Data, "loss">} data @param {Fitted} fitted @param {ArrayLike<number>} x */
export function describedResidual({ loss }, fitted, x) {
  const largest = largestResidual(fitted, x);
  return largest > 0 && largest ** 2 / 2 <= loss.rounding ? "0 to rounding" : short(largest);
}

/** What the pointer tells of row i of Fit, where A x is `reached`. @param {Fitted} fitted @param {number} i @param {number} reached */
export function describedRow(fitted, i, reached) {
  const { axes, across, right, grid, labels } = fitted, name = labels[i] ?? `row ${i + 1}`, curve = grid.length > 0;
  const target = curve ? axes[1] : axes[0], told = `${target} = ${short(right[i])}`;
  const first = curve ? `${axes[0]} = ${short(across[i])}, ${told}` : told;
  return `${name}\n${first}\n${curve ? "predicted" : axes[1]} = ${short(reached)}, residual = ${short(reached - right[i])}`;
}

/** What the pointer tells of line i of Rows at x. @param {RowLines} lines @param {number} i @param {number} residual */
export function describedLine({ names, equations }, i, residual) {
  return `${names[i]}\n${equations[i].replace(/^\d+: /, "")}\nresidual = ${short(residual)}`;
}

/** A loss, or that it is 0 to rounding. @param {number} loss @param {number} rounding */
function describedLoss(loss, rounding) {
  return loss > 0 && loss <= rounding ? "0 to rounding" : short(loss);
}

/** What the visitor can do with the path chart, and what it shows. @param {string} kind  of view @param {boolean} toScale @param {{curve?: boolean, rows?: boolean}} [what]  whether Fit shows a curve, whether rows are lines under the path */
export function hintOf(kind, toScale, { curve = false, rows = false } = {}) {
  if (kind === "fit") {
    return curve ? "points: the data · line: A x at k · dots: predicted"
      : "a point for each row, A x at k · small dots: predicted · circles: the limit";
  }
  if (kind === "space") return "drag to turn · dots: predicted";
  const start = "drag x0, or press and hold its new place";
  if (kind === "parabola") return `x against its loss · ${start} · dots: predicted`;
  return `${rows ? "lines: the rows of A x = b · " : ""}${start} · dots: predicted${toScale ? "" : " · axes not to scale"}`;
}

/** What the chart of disagreement shows. @param {Pick<Data, "runs" | "dtype" | "rounding">} data */
export function stripOf({ runs, dtype, rounding }) {
  const { title } = runs[0];
  if (runs.length === 1) return `only ${title} ran`;
  return `differs in x from ${title} at each iteration · lower edge: identical · dashed: one ${dtype} rounding of x, ${
    short(rounding)}`;
}

/** What the legend does, and which programs are not in it. @param {string[]} absent  titles of the programs that are not run */
export function legendHint(absent) {
  const notRun = absent.length ? ` Not run: ${absent.join(", ")}; the sidebar runs them.` : "";
  return `Click a name to hide its curve.${notRun}`;
}
