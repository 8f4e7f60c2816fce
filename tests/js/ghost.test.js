import assert from "node:assert/strict";
import { test } from "node:test";
import { ghostAfter } from "../../lsedash/ui/pages/descend/stage/static/ghost.js";

const data = (/** @type {number} */ rate, change = {}) => /** @type {any} */ ({
  fit: "A, b", dtype: "float64", iterations: 50, spoken: { key: "half-sum" }, rate: { value: rate, text: String(rate) },
  spectrum: { start: Float64Array.of(0, 0), residual: Float64Array.of(1, 2) },
  runs: [{ key: `run at ${rate}`, points: Float64Array.of(0, 1) }], ...change,
});

test("the last run stays as a ghost when nothing but the rate changes", () => {
  const ghost = ghostAfter(data(0.1), data(0.2), null);
  assert.equal(ghost?.run.key, "run at 0.1");
  assert.equal(ghost?.rate, "0.1");
  assert.equal(ghostAfter(data(0.2), data(0.2), ghost), ghost);
  assert.equal(ghostAfter(data(0.2), data(0.3), ghost)?.rate, "0.2");
});

test("there is no ghost once the system, the start, the iterations or the convention is another one", () => {
  const ghost = ghostAfter(data(0.1), data(0.2), null);
  const moved = { start: Float64Array.of(0, 1), residual: Float64Array.of(1, 2) };
  for (const change of [{ fit: "other" }, { iterations: 60 }, { spectrum: moved }, { spoken: { key: "sum" } }]) {
    assert.equal(ghostAfter(data(0.2), data(0.2, change), ghost), null);
    assert.equal(ghostAfter(data(0.2), data(0.3, change), ghost), null);
  }
});
