// Rows: each row of A x = b as a line in the plane of two unknowns; and what the pointer tells of a row.

import assert from "node:assert/strict";
import { test } from "node:test";
import { distances, footOf, nearest, nearestLine, residualOf, rowLine } from "../../lsedash/ui/pages/descend/stage/static/row-lines.js";
import { subjectOf } from "../../lsedash/ui/pages/descend/stage/static/picture-subjects.js";
import { describedLine, describedRow, hintOf } from "../../lsedash/ui/pages/descend/stage/static/words.js";

// x1 + 2 x2 = 4 and 3 x2 = 6.
const LINES = {
  rows: Float64Array.of(1, 2, 0, 3), right: Float64Array.of(4, 6), names: ["row 1", "Bonn"],
  equations: ["1: x₁ + 2x₂ = 4", "2: 3x₂ = 6"],
};
// A chart whose pixel is a hundredth across and a tenth up, and upside down.
const AREA = {
  left: 0, top: 0, width: 400, height: 40, across: (x) => 100 * x, up: (y) => 40 - 10 * y, back: (x, y) => [x / 100, (40 - y) / 10],
};

test("every point of a row's line solves that row, and the line goes through the whole window", () => {
  for (const i of [0, 1]) {
    const { x, y } = rowLine(LINES, i, [[0, 4], [0, 4]]);
    for (let at = 0; at < x.length; at += 1) assert.ok(Math.abs(residualOf(LINES, i, [x[at], y[at]])) < 1e-12);
    assert.ok(Math.min(...x) < 0 && Math.max(...x) > 4);
  }
});

test("the shortest way from x to a row's line is the residual over the row's length, at right angles to the line", () => {
  const x = [3, 3], [u, v] = footOf(LINES, 0, x);
  assert.ok(Math.abs(u + 2 * v - 4) < 1e-12);
  assert.ok(Math.abs(Math.hypot(3 - u, 3 - v) - residualOf(LINES, 0, x) / Math.sqrt(5)) < 1e-12);
  const { x: across, y: up } = distances(LINES, x);
  assert.deepEqual([...across.slice(3, 5), ...up.slice(3, 5)], [3, 3, 3, 2]);
  assert.ok(Number.isNaN(across[2]));
});

test("the pointer finds the line that is nearest in pixels, and none far from all", () => {
  assert.equal(nearestLine(AREA, LINES, [100, 21])?.i, 1);
  assert.equal(nearestLine(AREA, LINES, [200, 30])?.i, 0);
  assert.equal(nearestLine(AREA, LINES, [300, 3]), null);
});

test("the pointer finds the point that is nearest in pixels, and none far from all", () => {
  const points = { x: [1, 2, NaN], y: [1, 2, NaN] };
  assert.deepEqual(nearest(AREA, points, [195, 22]), { i: 1, x: 200, y: 20 });
  assert.equal(nearest(AREA, points, [150, 25]), null);
  assert.equal(nearest(AREA, { x: [], y: [] }, [150, 25]), null);
});

test("a row is told by its label, or by its number if the table had no labels", () => {
  const fitted = { axes: ["b", "A x"], right: [4, 6], across: [4, 6], grid: [], labels: ["Bonn", "Rome"] };
  assert.equal(describedRow(fitted, 1, 5.5), "Rome\nb = 6\nA x = 5.5, residual = -0.5");
  const curve = { ...fitted, axes: ["size", "price"], across: [50, 80], grid: [0, 100], labels: [] };
  assert.equal(describedRow(curve, 0, 5), "row 1\nsize = 50, price = 4\npredicted = 5, residual = 1");
  assert.equal(describedLine(LINES, 1, 0.25), "Bonn\n3x₂ = 6\nresidual = 0.25");
});

test("a picture of the rows and the hint below them say what the lines are", () => {
  const data = { iterations: 5, system: "A", lines: LINES, fitted: null };
  assert.equal(subjectOf("path", { data, view: { kind: "plane" }, rate: 0.1 }).heading, "Rows of A x = b and the path of the iterates");
  assert.match(hintOf("plane", true, { rows: true }), /^lines: the rows of A x = b · drag x0/);
  assert.doesNotMatch(hintOf("plane", true), /rows/);
});
