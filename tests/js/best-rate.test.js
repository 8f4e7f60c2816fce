// The best rate for N iterations, on systems small enough for a sheet of paper and against figures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bestRate } from "../../lsedash/ui/pages/descend/stage/static/best-rate.js";
import { descend } from "../../lsedash/ui/js/closed-form.js";

/** Curvatures 9 and 1; d = (-3, -1). */
const DIAGONAL = {
  singular: Float64Array.of(3, 1), residual: Float64Array.of(-3, -1), rows: Float64Array.of(1, 0, 0, 1),
  start: Float64Array.of(0, 0), leastLoss: 0, rounding: 1e-30,
};

test("after one iteration it is the minimum of a parabola", () => {
  // sum d^2 lambda (1 - alpha lambda) = 81 (1 - 9 alpha) + (1 - alpha) = 0
  assert.ok(Math.abs(bestRate(DIAGONAL, 1) - 82 / 730) < 1e-15);
});

test("no rate leaves a smaller loss after N iterations", () => {
  for (const iterations of [1, 2, 10, 100]) {
    const left = (rate) => descend(DIAGONAL, rate, [iterations]).losses[0];
    const best = bestRate(DIAGONAL, iterations);
    for (const share of [0.5, 0.9, 0.999, 1.001, 1.1]) assert.ok(left(best) < left(share * best));
  }
});

test("in the long run it is 2 / (the largest plus the smallest curvature)", () => {
  assert.ok(Math.abs(bestRate(DIAGONAL, 20_000) - 2 / 10) < 1e-5);
});

test("one mode takes one step, and modes without an error do not count", () => {
  assert.equal(bestRate({ ...DIAGONAL, residual: Float64Array.of(0, 2) }, 7), 1);
});

test("there is none where every rate leaves the same loss", () => {
  assert.equal(bestRate(DIAGONAL, 0), null);
  assert.equal(bestRate({ ...DIAGONAL, residual: Float64Array.of(1e-16, -1e-16) }, 50), null);
  assert.equal(bestRate({ ...DIAGONAL, singular: Float64Array.of(), residual: Float64Array.of() }, 50), null);
});

test("neither tiny nor huge curvatures spoil it", () => {
  for (const size of [1e-15, 1e15]) {
    const scaled = { ...DIAGONAL, singular: Float64Array.of(3 * size, size), rounding: 0 };
    assert.ok(Math.abs(bestRate(scaled, 20_000) * size * size - bestRate(DIAGONAL, 20_000)) < 1e-14);
  }
});
