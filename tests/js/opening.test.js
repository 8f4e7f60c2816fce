import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Opening } from "../../lsedash/ui/pages/descend/stage/static/opening.js";

const DATA = {
  rate: { value: 0.1 }, iterations: 50, dtype: "float64", runs: [{ key: "a" }], fit: "coordinates",
  spectrum: { singular: Float64Array.of(2, 1), residual: Float64Array.of(1, -1) },
};
let shown = [], nudges = 0, opening;

beforeEach(() => {
  [shown, nudges] = [[], 0];
  opening = new Opening({ show: (state) => shown.push(state), nudge: () => { nudges += 1; } });
});

test("after the first play has ended the handle is nudged, once", () => {
  opening.begin(DATA);
  opening.play(true, false);
  opening.play(false, false); // paused
  opening.play(true, false);
  assert.equal(nudges, 0);
  opening.play(false, true);
  opening.play(true, false);
  opening.play(false, true);
  assert.deepEqual([shown, nudges], [["waiting", "playing", "over"], 1]);
});

test("an edit ends the first look without a nudge, whenever it comes", () => {
  opening.begin(DATA);
  assert.equal(opening.edit(), true);
  assert.equal(opening.edit(), false);
  opening.play(true, false);
  opening.play(false, true);
  assert.deepEqual([shown, nudges], [["waiting", "over"], 0]);
});

test("another run ends the first look, another view of the same run does not", () => {
  opening.begin(DATA);
  assert.equal(opening.hear({ ...DATA, fit: "modes" }), false);
  assert.equal(opening.state, "waiting");
  assert.equal(opening.hear({ ...DATA, rate: { value: 0.2 } }), true);
  assert.equal(opening.state, "over");
});

test("a visitor with a link has no first look", () => {
  assert.equal(opening.hear({ ...DATA, iterations: 3 }), false);
  opening.play(true, false);
  opening.play(false, true);
  assert.deepEqual([shown, nudges], [[], 0]);
});
