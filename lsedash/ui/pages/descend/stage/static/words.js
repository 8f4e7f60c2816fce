// What the stage says: the regime of a rate, and how predicted and measured compare.

import { short } from "./data.js";

const SAME = 4 * Number.EPSILON;

/** The kind of the steepest mode, as lsedash/theory.py names it. */
export function kindOf(step) {
  if (step === 0) return "frozen";
  if (Math.abs(step - 1) <= SAME) return "one-step";
  if (Math.abs(step - 2) <= 2 * SAME) return "undamped";
  if (step < 1) return "monotone";
  return step < 2 ? "oscillating" : "diverging";
}

/** The regime of a rate in one sentence. @param {number | null} exit */
export function regimeOf({ marks, regimes }, rate, exit) {
  if (!marks) return regimes.frozen;
  const leaves = exit === null ? "" : `; the path leaves the window at iteration ${exit}`;
  const best = rate === marks.optimal ? " No fixed rate is faster." : "";
  return regimes[kindOf(rate * marks.top)].concat(best)
    .replace("{rate}", short(rate)).replace("{edge}", short(marks.edge)).replace("{leaves}", leaves);
}

/** alpha lambda_max, as nodes. */
export function stepOf({ marks }, rate) {
  if (!marks) return [];
  const sub = document.createElement("sub");
  sub.textContent = "max";
  return ["αλ", sub, ` = ${short(rate * marks.top)}`];
}

/** What the programs say, as nodes. */
export function stampOf({ verdict }, state) {
  const texts = {
    preview: ["preview", ": what theory predicts"],
    waiting: ["running", ": the programs are at work"],
    verified: ["✓ verified", `: ${verdict.text}`],
    disagrees: [verdict.checked ? "✗ disagrees" : "nothing to verify", `: ${verdict.text}`],
  };
  const bold = document.createElement("b");
  bold.textContent = texts[state][0];
  return [bold, texts[state][1]];
}

/** Where a point is and its loss. @param {{places: Float64Array, losses: Float64Array}} run */
export function describedPoint(data, run, i) {
  const names = data.view.n === 1 ? data.path.names.slice(0, 1) : data.path.names;
  const places = names.map((name, q) => `${name} = ${short(run.places[i * names.length + q])}`);
  return ` · ${places.join(", ")} · loss = ${short(run.losses[i])}`;
}

/** What can be done with the path chart. @param {boolean} toScale */
export function hintOf(kind, toScale) {
  if (kind === "parabola") return "on its loss · drag x0 · dots: predicted";
  if (kind === "space") return "drag to turn · dots: predicted";
  return `drag x0 · ★ where descent ends · dots: predicted${toScale ? "" : " · axes not to scale"}`;
}

/** What the strip shows. */
export function stripOf({ runs, dtype, rounding }) {
  const { title } = runs[0];
  if (runs.length === 1) return `only ${title} ran`;
  return `largest |x − x of ${title}| · lower edge: identical · dashed: one ${dtype} rounding of x, ${
    short(rounding)}`;
}
