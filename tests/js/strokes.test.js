import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  edgePoint, glyph, isInside, previewPaths, strokeWithGaps, thinned,
} from "../../lsedash/ui/js/strokes.js";

/** Ten pixels a unit, upwards on the chart is upwards in y. */
const AREA = { left: 0, top: 0, width: 100, height: 100, across: (x) => 10 * x, up: (y) => 100 - 10 * y };

test("a preview is a line up to where it leaves and a hairline from there on", () => {
  const { inside, outside, dots } = previewPaths(AREA, { x: [0, 1, 2, 3], y: [0, 0, 0, 0] }, 2);
  assert.equal(inside, "M0.00,100.00L10.00,100.00L20.00,100.00");
  assert.equal(outside, "M20.00,100.00L30.00,100.00");
  assert.equal(dots, "M0.00,100.00h0M10.00,100.00h0");
});

test("a preview of many points has no dots, and ends at what is not a number or far away", () => {
  const many = { x: Array.from({ length: 61 }, (_, i) => i), y: new Float64Array(61) };
  assert.equal(previewPaths(AREA, many, Infinity).dots, "");
  assert.equal(previewPaths(AREA, { x: [0, NaN, 1], y: [0, 0, 0] }, Infinity).inside, "M0.00,100.00");
  const far = previewPaths(AREA, { x: [0, 1e9, 1], y: [0, 0, 0] }, Infinity).inside;
  assert.equal(far.match(/L/g).length, 1);
  assert.ok(Number(far.split(/[L,]/)[2]) <= 1e5);
});

test("a line has gaps where it has no point that can be drawn", () => {
  const line = { x: [0, 1, NaN, 2, 3, 1e9, 4], y: [0, 0, 0, 0, 0, 0, 0] };
  assert.equal(strokeWithGaps(AREA, line), "M0.0,100.0L10.0,100.0M20.0,100.0L30.0,100.0M40.0,100.0");
});

test("dots are drawn inside only, and only as far as they can be told apart", () => {
  assert.equal(thinned(AREA, { x: [-1, 0, 0.1, 0.5, 0.7, 11], y: [0, 0, 0, 0, 0, 0] }), "M0.0,100.0h0M7.0,100.0h0");
});

test("a ray meets the edge of the area", () => {
  assert.deepEqual(edgePoint(AREA, [50, 50], [1, 0]), [100, 50]);
  assert.deepEqual(edgePoint(AREA, [50, 50], [0, -1]), [50, 0]);
  const [x, y] = edgePoint(AREA, [20, 50], [Math.SQRT1_2, Math.SQRT1_2]);
  assert.ok(Math.abs(x - 70) < 1e-9 && Math.abs(y - 100) < 1e-9);
});

test("inside is between the axes, edges included", () => {
  assert.deepEqual([[0, 0], [100, 100], [101, 5], [5, -1], [NaN, 5]].map(([x, y]) => isInside(AREA, x, y)),
    [true, true, false, false, false]);
});

test("every symbol that figures/style.py can give a variant has a shape, an unknown one the circle's", () => {
  const style = readFileSync(new URL("../../lsedash/figures/style.py", import.meta.url), "utf8");
  const [, table] = style.match(/^SYMBOLS = \{$([^}]*)/m);
  const symbols = [...table.matchAll(/"([a-z-]+)":/g)].map(([, symbol]) => symbol);
  assert.ok(symbols.includes("pentagon"));
  assert.equal(new Set(symbols.map(glyph)).size, symbols.length);
  assert.equal(glyph("unknown"), glyph("circle"));
});
