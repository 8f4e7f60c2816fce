import assert from "node:assert/strict";
import { test } from "node:test";
import { toScale, viewOf } from "../../lsedash/ui/pages/descend/stage/static/view.js";

const FRONT = { turn: 0, tilt: 0 };
const BOX = [[0, 2], [-1, 1], [10, 30]];
const LINE = {
  singular: Float64Array.of(1), residual: Float64Array.of(1), rows: Float64Array.of(1),
  start: Float64Array.of(1), leastLoss: 0,
}; // 1, -2, 4, ... at the rate 3

test("a plane shows its two directions as they are", () => {
  const view = viewOf(5, [[0, 1], [2, 3]], FRONT);
  assert.equal(view.kind, "plane");
  assert.deepEqual(view.toChart([1, 2, 3, 4], []), { x: [1, 3], y: [2, 4] });
  assert.deepEqual(view.window, [[0, 1], [2, 3]]);
});

test("one unknown is shown against its loss, and leaves the window only sideways", () => {
  const view = viewOf(1, [[-3, 3], [0, 1]], FRONT);
  assert.equal(view.kind, "parabola");
  assert.deepEqual(view.toChart(Float64Array.of(1, 2), Float64Array.of(5, 6)), { x: [1, 2], y: [5, 6] });
  assert.equal(view.leavesAt(LINE, 3, 9, view.window), 2);
});

test("seen from the front a box shows its first direction across and its third upwards", () => {
  const view = viewOf(3, BOX, FRONT);
  assert.equal(view.kind, "space");
  const { x, y } = view.toChart([0, -1, 10, 2, 1, 30, 1, 0.7, 20], []);
  assert.deepEqual(x, [-1, 1, 0]);
  assert.deepEqual(y.map((value) => value + 0), [-1, 1, 0]);
});

test("a quarter turn shows the second direction across, seen from above it is upwards", () => {
  const quarter = viewOf(3, BOX, { turn: Math.PI / 2, tilt: 0 }).toChart([1.3, 1, 20], []);
  assert.ok(Math.abs(quarter.x[0] - 1) < 1e-12);
  const above = viewOf(3, BOX, { turn: 0, tilt: Math.PI / 2 }).toChart([1, 1, 27], []);
  assert.ok(Math.abs(above.y[0] - 1) < 1e-12);
});

test("however the box is turned, all of it is in the window", () => {
  for (let turn = -3; turn <= 3; turn += 0.5) {
    for (let tilt = -1.5; tilt <= 1.5; tilt += 0.5) {
      const view = viewOf(3, BOX, { turn, tilt });
      const corners = BOX[0].flatMap((a) => BOX[1].flatMap((b) => BOX[2].flatMap((c) => [a, b, c])));
      const { x, y } = view.toChart(corners, []);
      const [[left, right], [bottom, top]] = view.window;
      assert.equal(x.length, 8);
      assert.ok(x.every((value) => value > left && value < right) && y.every((value) => value > bottom && value < top));
    }
  }
});

test("axes have one scale unless that would squash one of them", () => {
  const plane = (window) => toScale(viewOf(2, window, FRONT));
  assert.equal(plane([[0, 1], [0, 1]]), true);
  assert.equal(plane([[0, 4], [0, 1]]), true);
  assert.equal(plane([[0, 6], [0, 1]]), false);
  assert.equal(plane([[0, 1], [0, 6]]), false);
  assert.equal(toScale(viewOf(1, [[0, 1], [0, 1]], FRONT)), false);
});
