import assert from "node:assert/strict";
import { test } from "node:test";
import {
  describedPoint, hintOf, legendHint, regimeOf, stampOf, stripOf,
} from "../../lsedash/ui/pages/descend/stage/static/words.js";

const REGIMES = {
  frozen: "Frozen.", monotone: "Monotone.", "one-step": "One step.", oscillating: "Oscillating.",
  undamped: "Undamped.", diverging: "{rate} is above {edge}{leaves}.",
};
const NAMES = { longRun: "fastest in the long run", best: "best for 50 iterations", why: "" };
const DATA = { regimes: REGIMES, rateNames: NAMES, marks: { top: 2, optimal: 0.8, edge: 1 } };

test("each regime has its sentence", () => {
  const said = [0.2, 0.5, 0.7, 1].map((rate) => regimeOf(DATA, rate, null, null));
  assert.deepEqual(said, ["Monotone.", "One step.", "Oscillating.", "Undamped."]);
});

test("a rate beyond the edge is compared with it, and the iteration is named at which the path leaves", () => {
  assert.equal(regimeOf(DATA, 4 / 3, null, null), "1.333 is above 1.");
  assert.equal(regimeOf(DATA, 1 + 1e-9, null, null), "1.000000001 is above 1.");
  assert.equal(regimeOf(DATA, 4 / 3, null, 7), "1.333 is above 1; the path leaves the window at iteration 7.");
});

test("a rate that has a name is called by it, and without an edge nothing moves", () => {
  assert.equal(regimeOf(DATA, 0.8, 0.7, null), "Oscillating. This rate is fastest in the long run.");
  assert.equal(regimeOf(DATA, 0.7, 0.7, null), "Oscillating. This rate is best for 50 iterations.");
  const both = "Oscillating. This rate is fastest in the long run and best for 50 iterations.";
  assert.equal(regimeOf(DATA, 0.8, 0.8, null), both);
  assert.equal(regimeOf({ ...DATA, marks: null }, 0.8, null, null), "Frozen.");
});

test("the stamp says preview, running, verified, disagrees or that there is nothing to verify", () => {
  const stamp = (state, checked = true) => stampOf({ verdict: { checked, text: "five agree" } }, state);
  assert.equal(stamp("preview")[0], "preview");
  assert.equal(stamp("waiting")[0], "running");
  assert.deepEqual(stamp("verified"), ["✓ verified", ": five agree"]);
  assert.deepEqual(stamp("disagrees"), ["✗ disagrees", ": five agree"]);
  assert.equal(stamp("disagrees", false)[0], "nothing to verify");
});

test("a point is described by its place and its loss", () => {
  const descent = { places: Float64Array.of(1, 2, 3, 1 / 3), losses: Float64Array.of(5, 1e-9) };
  const loss = { rounding: 1e-30 };
  const plane = { loss, view: { n: 4 }, path: { names: ["x₁", "x₄"] } };
  assert.equal(describedPoint(plane, descent, 1), " · x₁ = 3, x₄ = 0.3333 · loss = 1e-9");
  const rest = { ...descent, losses: Float64Array.of(1e-31, 0) };
  assert.match(describedPoint(plane, rest, 0), /loss = 0 to rounding$/);
  assert.match(describedPoint(plane, rest, 1), /loss = 0$/);
  const line = { loss, view: { n: 1 }, path: { names: ["x", "loss"] } }; // the second is no place
  assert.equal(describedPoint(line, descent, 1), " · x = 2 · loss = 1e-9");
});

test("the hint says what can be done with a view", () => {
  assert.match(hintOf("plane", true), /^drag x0, or press and hold .*predicted$/);
  assert.match(hintOf("plane", false), /not to scale$/);
  assert.match(hintOf("space", false), /^drag to turn/);
  assert.match(hintOf("parabola", false), /loss/);
});

test("the strip names the program that the others are compared with", () => {
  const data = { runs: [{ title: "First" }, { title: "Second" }], dtype: "float32", rounding: 0.000123456 };
  assert.match(stripOf(data), /differs in x from First.*float32 rounding of x, 0\.0001235$/);
  assert.equal(stripOf({ ...data, runs: data.runs.slice(0, 1) }), "only First ran");
});

test("the legend says that it hides, and which programs are not there because they are not run", () => {
  assert.equal(legendHint([]), "Click a name to hide its curve.");
  assert.match(legendHint(["Module", "Optimizer"]), /hide its curve\. Not run: Module, Optimizer; the sidebar runs them\.$/);
});
