import assert from "node:assert/strict";
import { test } from "node:test";
import { apartSentence, lossSentence, pathSentence } from "../../lsedash/ui/pages/descend/stage/static/sentences.js";

// One unknown: A = [1], b = [4] from x0 = 0, so that x = 4 (1 - (1 - alpha)^k).
const SPECTRUM = {
  singular: Float64Array.of(1), residual: Float64Array.of(-4), rows: Float64Array.of(1), start: Float64Array.of(0), leastLoss: 0,
};
const run = (key, losses, apart = [0, 0, 0]) => ({
  key, title: key.toUpperCase(), points: Float64Array.of(0, 1, 2).subarray(0, losses.length),
  places: Float64Array.of(0, 2, 3).subarray(0, losses.length), losses: Float64Array.from(losses),
  apart: Float64Array.from(apart),
});
const scene = (runs, others = {}) => ({
  data: {
    runs, ks: Float64Array.of(0, 1, 2), spectrum: SPECTRUM, dtype: "float64", rounding: 2.2e-16,
    view: { n: 1 }, path: { names: ["x₁", "loss"] },
  },
  hidden: new Set(), previewed: false, spectrum: SPECTRUM, rate: 0.5, view: { kind: "parabola" }, ...others,
});

test("programs on one curve are said once, with where it begins and ends", () => {
  const runs = [run("a", [8, 2, 0.5]), run("b", [8, 2, 0.5000001])];
  assert.equal(lossSentence(scene(runs)),
    "Loss on a log scale against the iteration, two programs on one curve, from 8 at k = 0 to 0.5 at k = 2.");
  assert.equal(pathSentence(scene(runs)),
    "Path of the iterates, the loss against x₁, two programs on one path, from x₁ = 0 at k = 0 to x₁ = 3 at k = 2; "
    + "descent ends at x₁ = 4.");
});

test("programs on different curves are said one by one, and a hidden one is not", () => {
  const runs = [run("a", [8, 2, 0.5]), run("b", [8, 9])];
  assert.match(lossSentence(scene(runs)), /two programs on different curves: A from 8 .* at k = 2; B from 8 .* to 9 at k = 1\.$/);
  assert.match(lossSentence(scene(runs, { hidden: new Set(["b"]) })), /iteration, one program, from 8 at k = 0 to 0\.5/);
});

test("a preview is said to be the prediction, at its own rate", () => {
  const said = lossSentence(scene([run("a", [8, 2, 0.5])], { previewed: true, rate: 1 }));
  assert.match(said, /as theory predicts, from 8 at k = 0 to 0 at k = 2\.$/);
});

test("the differences are said by their largest, beside one rounding", () => {
  const runs = [run("a", [8, 2, 0.5]), run("b", [8, 2, 0.5], [0, 4e-16, 1e-16])];
  assert.match(apartSentence(scene(runs)), /from A on a log scale .*, one program: at most 4e-16; one float64 rounding of x is 2\.2e-16/);
  assert.match(apartSentence(scene([runs[0]])), /no other program is shown/);
});
