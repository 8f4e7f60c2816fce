// A prediction's numbers: where they are on an axis, what a key and a pointer change.

import assert from "node:assert/strict";
import { test } from "node:test";
import { keyStep, passed, shareOf, valueAt } from "../../lsedash/ui/widgets/prediction/axes.js";

const RATE = { name: "α", low: 0, high: 0.5, log: false, ticks: [] };
const LOSS = { name: "loss", low: 1e-9, high: 1e3, log: true, ticks: [] };

test("a number that was marked is where it was put, on both kinds of axes", () => {
  for (const axis of [RATE, LOSS]) {
    for (const share of [0, 0.25, 0.5, 0.731, 1]) {
      assert.ok(Math.abs(shareOf(axis, valueAt(axis, share)) - share) < 1e-3);
    }
    assert.equal(valueAt(axis, -1), axis.low);
    assert.equal(valueAt(axis, 2), axis.high);
  }
  assert.equal(valueAt(RATE, 0.5), 0.25);
  assert.equal(shareOf(LOSS, 0), 0, "a loss of 0 is on the lower edge");
});

test("arrow keys move along their own axis only", () => {
  assert.ok(keyStep("ArrowRight", true) > 0 && keyStep("ArrowDown", false) < 0);
  assert.ok(keyStep("PageUp", false) > keyStep("ArrowUp", false));
  assert.equal(keyStep("ArrowUp", true), null);
  assert.equal(keyStep("Tab", false), null);
});

test("a pointer moves every handle between two of its places, and the nearest one if there is none", () => {
  const shares = [0.1, 0.2, 0.3, 0.4];
  assert.deepEqual(passed(shares, [0.1, 1], [0.3, 0]).map(([i, up]) => [i, Number(up.toFixed(6))]), [[0, 1], [1, 0.5], [2, 0]]);
  assert.deepEqual(passed(shares, [0.3, 0.5], [0.38, 0.5]).map(([i]) => i), [2, 3], "the last one need not be met exactly");
  assert.deepEqual(passed(shares, [0.36, 0.2], [0.37, 0.2]), [[3, 0.2]]);
  assert.deepEqual(passed(shares, [0.39, 0.7], [0.39, 0.7]), [[3, 0.7]]);
});
