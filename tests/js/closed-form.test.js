// Descent in closed form, on systems small enough for a sheet of paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  covered, descend, leavesAt, limit, movedTo, power, startLoss,
} from "../../lsedash/ui/js/closed-form.js";

/** A = diag(3, 1), b = (3, 1), x0 = 0: x* = (1, 1), c = (-1, -1), d = S c = (-3, -1). */
const DIAGONAL = {
  singular: Float64Array.of(3, 1), residual: Float64Array.of(-3, -1), rows: Float64Array.of(1, 0, 0, 1),
  start: Float64Array.of(0, 0), leastLoss: 0,
};
/** A = (1), b = 0, x0 = 1. */
const LINE = {
  singular: Float64Array.of(1), residual: Float64Array.of(1), rows: Float64Array.of(1),
  start: Float64Array.of(1), leastLoss: 0,
};

function near(found, expected, tolerance = 1e-14) {
  assert.equal(found.length, expected.length);
  for (const [i, value] of expected.entries()) {
    assert.ok(Math.abs(found[i] - value) <= tolerance, `${found} is not ${expected}`);
  }
}

test("iterates and losses of a diagonal system", () => {
  const { places, losses } = descend(DIAGONAL, 0.1, [0, 1, 2]); // factors 0.1 and 0.9
  near(places, [0, 0, 0.9, 0.1, 0.99, 0.19]);
  near(losses, [5, (9 * 0.01 + 0.81) / 2, (9 * 0.0001 + 0.6561) / 2]);
});

test("the smallest possible loss is added to every loss", () => {
  near(descend({ ...DIAGONAL, leastLoss: 7 }, 0.1, [0]).losses, [12]);
  assert.equal(startLoss({ ...DIAGONAL, leastLoss: 7 }), 12);
});

test("the limit solves the system and the start's loss is that of point 0", () => {
  near(limit(DIAGONAL), [1, 1]);
  assert.equal(startLoss(DIAGONAL), descend(DIAGONAL, 0.1, [0]).losses[0]);
});

test("beyond the edge the signs alternate and the size grows", () => {
  near(descend(LINE, 3, [0, 1, 2, 3]).places, [1, -2, 4, -8]);
});

test("at twice the best rate a single mode swings for ever", () => {
  near(descend(LINE, 2, [0, 1, 2, 999]).places, [1, -1, 1, -1]);
});

test("a mode in which the start has no error stays still at any rate", () => {
  const still = { ...DIAGONAL, residual: Float64Array.of(0, -1) };
  assert.ok([...descend(still, 1e200, [5]).places].every((value, q) => (q ? Math.abs(value) === Infinity : value === 0)));
});

test("powers keep all digits of a step that 1 swallows", () => {
  assert.equal(covered(1e-20, 1), 1e-20);
  assert.ok(Math.abs(covered(1e-12, 1e6) - 1e-6) < 1e-12); // 1 - (1 - s)^k is k s, up to (k s)^2 / 2
  for (const step of [0.003, 0.4, 0.5, 0.6, 1, 1.7]) {
    for (const k of [0, 1, 2, 7]) assert.ok(Math.abs(power(step, k) + covered(step, k) - 1) < 1e-15);
  }
  assert.equal(power(2, 3), -1);
  assert.equal(power(1, 0), 1);
});

test("a start moved to the solution has no loss left", () => {
  const moved = movedTo(DIAGONAL, [1, 1]);
  near(moved.residual, [0, 0]);
  assert.deepEqual([...moved.start], [1, 1]);
  near(limit(movedTo(DIAGONAL, [-4, 9])), [1, 1]);
});

test("the first k outside a window, and none if it is beyond the last", () => {
  assert.equal(leavesAt(LINE, 3, 10, [[-5, 5]]), 3); // 1, -2, 4, -8
  assert.equal(leavesAt(LINE, 3, 2, [[-5, 5]]), null);
  assert.equal(leavesAt(LINE, 3, 10, [[-1.5, 5]]), 1);
  assert.equal(leavesAt(LINE, 3, 10, [[2, 5]]), 0);
  assert.equal(leavesAt(LINE, 0.5, 1e9, [[-1, 1]]), null); // shrinks: no need to look
  assert.equal(leavesAt(LINE, 1.9, 10, [[-0.85, 1]]), 1); // shrinks, but overshoots first
});
