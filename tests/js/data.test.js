import assert from "node:assert/strict";
import { test } from "node:test";
import { unpack } from "../../lsedash/ui/js/packed.js";
import { decode } from "../../lsedash/ui/pages/descend/stage/static/data.js";

const packed = (...values) => Buffer.from(Float64Array.from(values).buffer).toString("base64");

test("an array arrives to the last bit", () => {
  assert.deepEqual([...unpack("AAAAAAAA8D8AAAAAAADgvw==")], [1, -0.5]); // 3ff0..., bfe0...
  const values = [1 / 3, -0, 5e-324, Number.MAX_VALUE, Infinity, NaN];
  assert.deepEqual([...unpack(packed(...values))], values); // tells -0 from 0
  assert.equal(unpack("").length, 0);
});

test("a message keeps its texts and numbers and has its arrays as arrays", () => {
  const run = {
    key: "a", title: "A", points: packed(0, 1), places: packed(1, 2, 3, 4), losses: packed(5, 6),
    apartPoints: packed(), apart: packed(),
  };
  const data = decode({
    fit: "f", ks: packed(0, 1, 2), runs: [run, { ...run, key: "b" }], path: { names: ["x₁"], lines: packed(7) },
    spectrum: { singular: packed(1), residual: packed(2), rows: packed(3), start: packed(4), leastLoss: 0.5 },
  });
  assert.equal(data.fit, "f");
  assert.deepEqual([...data.ks], [0, 1, 2]);
  assert.deepEqual(data.runs.map(({ key, title }) => [key, title]), [["a", "A"], ["b", "A"]]);
  const [{ points, places, losses, apart, apartPoints }] = data.runs;
  assert.deepEqual([points, places, losses, apart, apartPoints].map((array) => [...array]), [[0, 1], [1, 2, 3, 4], [5, 6], [], []]);
  const { singular, residual, rows, start, leastLoss } = data.spectrum;
  assert.deepEqual([...singular, ...residual, ...rows, ...start, leastLoss], [1, 2, 3, 4, 0.5]);
  assert.deepEqual(data.path.names, ["x₁"]);
  assert.deepEqual([...data.path.lines], [7]);
});
