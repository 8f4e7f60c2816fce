// Fit: A x against b, or the curve of x over the data, on systems small enough for a sheet of paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import { strokeWithin } from "../../lsedash/ui/js/strokes.js";
import {
  diagonal, endsOf, iterateAt, largestResidual, predictedAt, product, residualLines, shapeOf, sizeAmong,
} from "../../lsedash/ui/pages/descend/stage/static/fit.js";
import { pathChart } from "../../lsedash/ui/pages/descend/stage/static/charts.js";
import { decode } from "../../lsedash/ui/pages/descend/stage/static/data.js";
import { fitSentence } from "../../lsedash/ui/pages/descend/stage/static/sentences.js";
import { fitView } from "../../lsedash/ui/pages/descend/stage/static/view.js";
import { describedPoint } from "../../lsedash/ui/pages/descend/stage/static/words.js";

const NONE = new Float64Array();
// A = [[1, 0], [0, 1], [1, 1]], b = (1, 2, 4).
const ROWS = {
  axes: ["b", "A x"], rows: Float64Array.of(1, 0, 0, 1, 1, 1), right: Float64Array.of(1, 2, 4),
  across: Float64Array.of(1, 2, 4), grid: NONE, basis: NONE,
};
// Values 0, 1, 2 of a feature with a constant: A = [[0, 1], [1, 1], [2, 1]], b = (1, 3, 4).
const CURVE = {
  axes: ["size", "price"], rows: Float64Array.of(0, 1, 1, 1, 2, 1), right: Float64Array.of(1, 3, 4),
  across: Float64Array.of(0, 1, 2), grid: Float64Array.of(-1, 0, 3), basis: Float64Array.of(-1, 1, 0, 1, 3, 1),
};
// A = diag(3, 1), b = (3, 1), x0 = 0.
const DIAGONAL = {
  singular: Float64Array.of(3, 1), residual: Float64Array.of(-3, -1), rows: Float64Array.of(1, 0, 0, 1),
  start: Float64Array.of(0, 0), leastLoss: 0,
};

test("without a curve each row is a point: its b across, its A x up", () => {
  const { x, y } = shapeOf(ROWS, [3, 5]);
  assert.deepEqual([...x], [1, 2, 4]);
  assert.deepEqual([...y], [3, 5, 8]);
});

test("with a curve x is drawn over the data's own positions", () => {
  const { x, y } = shapeOf(CURVE, [2, 1]); // price = 2 size + 1
  assert.deepEqual([...x], [-1, 0, 3]);
  assert.deepEqual([...y], [-1, 1, 7]);
});

test("a residual is an upright line from the data to the curve, or from the diagonal to the point", () => {
  assert.deepEqual(residualLines(CURVE, [2, 1]), {
    x: [0, 0, NaN, 1, 1, NaN, 2, 2, NaN], y: [1, 1, NaN, 3, 3, NaN, 4, 5, NaN],
  });
  assert.deepEqual(residualLines(ROWS, [1, 2]), {
    x: [1, 1, NaN, 2, 2, NaN, 4, 4, NaN], y: [1, 1, NaN, 2, 2, NaN, 4, 3, NaN],
  });
  assert.equal(largestResidual(ROWS, [1, 2]), 1);
  assert.deepEqual([...product(ROWS.rows, [1, 2])], [1, 2, 3]);
});

test("what is predicted at k is A times the closed form, and its ends are the start and the limit", () => {
  const scene = { spectrum: DIAGONAL, rate: 0.1 }; // factors 0.1 and 0.9
  const near = (found, expected) => assert.ok(found.every((value, i) => Math.abs(value - expected[i]) < 1e-14), `${found}`);
  near([...predictedAt(scene, 2)], [0.99, 0.19]);
  near([...product(Float64Array.of(3, 0, 0, 1), predictedAt(scene, 2))], [2.97, 0.19]);
  near([...endsOf(scene).start, ...endsOf(scene).limit], [0, 0, 1, 1]);
});

test("a run is where it was measured, and nowhere between its points", () => {
  const run = { points: Float64Array.of(0, 1, 7), places: Float64Array.of(0, 0, 1, 2, 3, 4) };
  assert.deepEqual([...iterateAt(run, 7, 2)], [3, 4]);
  assert.equal(iterateAt(run, 3, 2), null);
});

test("the diagonal goes through all pairs of equal numbers, beyond the axes too", () => {
  const { x, y } = diagonal([[0, 2], [5, 6]]);
  assert.deepEqual(x, y);
  assert.deepEqual([Math.min(...x), Math.max(...x)], [-2, 4]);
});

test("among many points each is small, among few it is large", () => {
  assert.equal(sizeAmong(3), 1);
  assert.ok(sizeAmong(97) < 0.6 && sizeAmong(4096) === 0.3);
});

test("of a line that leaves the axes the part between them is drawn, however steep it is", () => {
  const area = { left: 0, top: 0, width: 100, height: 100, across: (x) => x, up: (y) => y };
  assert.equal(strokeWithin(area, { x: [10, 90], y: [20, 30] }), "M10.0,20.0L90.0,30.0");
  const steep = strokeWithin(area, { x: [0, 100], y: [-1e9, 1e9] });
  assert.match(steep, /^M50\.0,-20\.0L50\.0,120\.0$/);
  assert.equal(strokeWithin(area, { x: [0, 100], y: [1e9, 2e9] }), "");
  for (const beyond of [NaN, Infinity]) assert.equal(strokeWithin(area, { x: [0, 100], y: [1, beyond] }), "");
});

test("nothing of the path is drawn in Fit, and no start can be dragged out of its window", () => {
  const view = fitView([[0, 1], [0, 2]]);
  assert.deepEqual(view.toChart([1, 2, 3, 4], []), { x: [], y: [] });
  assert.equal(view.leavesAt(), null);
  const theme = { ink: "i", quiet: "q", line: "l", paper: "p" };
  const { data, layout } = pathChart({ data: { fitted: CURVE, path: { names: ["x₁"] } }, theme, hidden: new Set(), view });
  assert.deepEqual(data, []);
  assert.deepEqual([layout.xaxis.title.text, layout.yaxis.title.text], ["size", "price"]);
  assert.deepEqual([layout.xaxis.range, layout.yaxis.range], view.window);
});

const SCENE = {
  data: {
    runs: ["a", "b"].map((key) => ({ key, title: key, points: Float64Array.of(0, 1), places: DIAGONAL.rows, losses: Float64Array.of(4, 1) })),
    ks: Float64Array.of(0, 1), loss: { rounding: 1e-12 }, view: { n: 2 }, path: { names: ["x₁", "x₂"] }, fitted: ROWS,
  },
  hidden: new Set(), previewed: false, spectrum: DIAGONAL, rate: 0.1,
};

test("what Fit shows is said in one sentence with the largest residuals", () => {
  assert.equal(fitSentence(SCENE, ROWS), "Fit: 3 points, A x against b, two programs on one fit, from a largest residual "
    + "of 3 at k = 0 to a largest residual of 3 at k = 1; at the limit a largest residual of 2.");
});

test("with few unknowns a point is told by x, with many by its largest residual", () => {
  const point = { places: Float64Array.of(1, 2), losses: [0.5] };
  assert.equal(describedPoint(SCENE.data, point, 0), " · x₁ = 1, x₂ = 2 · loss = 0.5");
  const many = { ...ROWS, rows: Float64Array.of(1, 1, 1, 1), right: Float64Array.of(3) };
  const data = { ...SCENE.data, view: { n: 4 }, path: { names: ["a", "b", "c", "d"] }, fitted: many };
  assert.equal(describedPoint(data, { places: Float64Array.of(1, 1, 1, 2), losses: [2] }, 0), " · largest residual = 2 · loss = 2");
});

test("a program that looks like the first has its places, another one its own", () => {
  const packed = (...values) => Buffer.from(Float64Array.from(values).buffer).toString("base64");
  const run = (places) => ({ points: packed(0), places, losses: packed(1), apartPoints: "", apart: "" });
  const spectrum = { singular: "", residual: "", rows: "", start: "" };
  const fitted = { axes: ["b", "A x"], rows: packed(2), right: packed(3), across: packed(3), grid: "", basis: "" };
  const data = decode({ ks: "", path: { lines: "" }, spectrum, fitted, runs: [run(packed(5)), run(null), run(packed(6))] });
  assert.deepEqual(data.runs.map(({ places }) => [...places]), [[5], [5], [6]]);
  assert.deepEqual([...data.fitted.rows, ...data.fitted.right], [2, 3]);
});
