import assert from "node:assert/strict";
import { test } from "node:test";
import {
  drawable, ground, marked, positive, ringRadius,
} from "../../lsedash/ui/pages/descend/stage/static/curves.js";
import { viewOf } from "../../lsedash/ui/pages/descend/stage/static/view.js";

const FRONT = { turn: 0, tilt: 0 };
const PLANE = viewOf(2, [[0, 10], [0, 10]], FRONT);
const DATA = { view: { n: 2 }, path: { names: ["x₁", "x₂"], lines: Float64Array.of(0, 1, NaN, NaN, 2, 3) } };
const run = (...places) => ({
  places: Float64Array.from(places), points: Float64Array.from({ length: places.length / 2 }, (_, k) => k),
  losses: new Float64Array(places.length / 2).fill(1),
});

test("rings at one place lie in each other, whole pixels apart as long as there are five", () => {
  for (const among of [1, 2, 3, 4, 5]) {
    const radii = Array.from({ length: among }, (_, order) => ringRadius(order, among));
    assert.deepEqual(radii, [11, 9, 7, 5, 3].slice(0, among));
  }
});

test("of any number of rings each can be seen", () => {
  for (const among of [6, 7, 12]) {
    const radii = Array.from({ length: among }, (_, order) => ringRadius(order, among));
    assert.equal(radii[0], 11);
    assert.equal(radii.at(-1), 3);
    for (let i = 1; i < among; i += 1) assert.ok(Math.abs(radii[i - 1] - radii[i] - 8 / (among - 1)) < 1e-12);
  }
});

test("every run has markers of its own, and no point carries two", () => {
  for (const among of [1, 5, 7]) {
    for (const count of [51, 401]) {
      const chosen = Array.from({ length: among }, (_, order) => marked(count, order, among));
      const all = chosen.flat();
      assert.ok(chosen.every((indices) => indices.length >= 3 && indices.length <= 5 + Math.ceil(count / 100)));
      assert.equal(new Set(all).size, all.length);
      assert.ok(all.every((index) => index >= 0 && index < count));
    }
  }
  assert.deepEqual(marked(0, 0, 5), []);
});

test("on a log axis what is not positive lies on the lower edge", () => {
  assert.deepEqual(positive([1, 0, -3, NaN, 1e-300], 1e-9), [1, 1e-9, 1e-9, 1e-9, 1e-300]);
});

test("a path goes on outside the window from the last point inside", () => {
  const path = run(1, 1, 2, 2, 99, 2, 3, 3);
  const { inside, outside } = drawable(DATA, PLANE, path, 2);
  assert.deepEqual(inside.x, [1, 2, 99]);
  assert.deepEqual(outside.x, [99, 3]);
  assert.deepEqual(drawable(DATA, PLANE, path, null).outside.x, []);
  assert.deepEqual(drawable(DATA, PLANE, path, null).inside.customdata[1], [1, 1, "x₁ = 2, x₂ = 2<br>"]);
});

test("a path ends where a browser could not draw it", () => {
  const { inside, outside } = drawable(DATA, PLANE, run(1, 1, 2, 2, 1e35, 2, 3, 3), 2);
  assert.deepEqual(inside.x, [1, 2]);
  assert.deepEqual(outside.x, []);
});

test("under a plane lie the contours, with their gaps", () => {
  assert.deepEqual(ground(DATA, PLANE), { x: [0, NaN, 2], y: [1, NaN, 3] });
});

test("under one unknown lies its parabola, lowest at the limit", () => {
  const spectrum = {
    singular: Float64Array.of(2), residual: Float64Array.of(2), rows: Float64Array.of(1),
    start: Float64Array.of(4), leastLoss: 0.5,
  }; // 1/2 (2 x - 6)^2 + 1/2, from x = 4
  const { x, y } = ground({ ...DATA, spectrum }, viewOf(1, [[2, 4], [0, 9]], FRONT));
  assert.equal(y[x.indexOf(3)], 0.5);
  for (const [i, at] of x.entries()) assert.ok(Math.abs(y[i] - (0.5 * (2 * at - 6) ** 2 + 0.5)) < 1e-9);
  assert.ok(x[0] <= 0 && x.at(-1) >= 6); // more than the window, for who drags the chart
});

test("in space lie the twelve edges of the box", () => {
  const { x, y } = ground(DATA, viewOf(3, [[0, 1], [0, 1], [0, 1]], { turn: 0.5, tilt: 0.3 }));
  const drawn = new Set();
  for (let i = 1; i < x.length; i += 1) {
    if ([x[i], x[i - 1]].some(Number.isNaN)) continue;
    drawn.add([[x[i - 1], y[i - 1]], [x[i], y[i]]].map((end) => end.map((v) => v.toFixed(6)).join()).sort().join("|"));
  }
  assert.equal(drawn.size, 12);
});
