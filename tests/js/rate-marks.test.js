import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf } from "../../lsedash/ui/pages/descend/stage/static/rate-marks.js";

/** Curvatures 4 and 1: edge 2/4, fastest 2/5, steepest in one step 1/4. */
const ORDINARY = { top: 4, optimal: 0.4, edge: 0.5 };
const brief = (marks) => marks.map(({ name, rate }) => [name, rate]);

test("an ordinary system has three marks, in their order", () => {
  const { main, lens, named } = marksOf(ORDINARY);
  assert.deepEqual(brief(main), [["steepest in one step", 0.25], ["fastest", 0.4], ["edge", 0.5]]);
  assert.deepEqual(main.map(({ step }) => step), [1, 1.6, 2]);
  assert.deepEqual(brief(lens), [["edge", 0.5]]); // the fastest is not near it
  assert.deepEqual(named.map(({ rate }) => rate), [0.25, 0.4, 0.5]);
});

test("with equal curvatures one step is enough, and one mark says so", () => {
  const { main } = marksOf({ top: 4, optimal: 0.25, edge: 0.5 });
  assert.deepEqual(brief(main), [["fastest, one step is enough:", 0.25], ["edge", 0.5]]);
  assert.deepEqual(brief(marksOf({ top: 4, optimal: 0.2525, edge: 0.5 }).main), [["fastest", 0.2525], ["edge", 0.5]]);
});

test("the lens magnifies the last 5 percent before the edge, less where the fastest is nearer", () => {
  assert.deepEqual(marksOf(ORDINARY).stretch, [1.9, 2.025]);
  assert.equal(marksOf(ORDINARY).magnified, "the last 5 % before the edge");
  const close = marksOf({ top: 2, optimal: 0.995, edge: 1 }); // at 1.99
  assert.ok(Math.abs(close.stretch[0] - 1.97) < 1e-12);
  assert.deepEqual(brief(close.lens), [["fastest", 0.995], ["edge", 1]]);
  assert.equal(close.lens[0].words, "−0.5 %");
});

test("a fastest rate that floats cannot tell from the edge is not in the lens", () => {
  assert.deepEqual(brief(marksOf({ top: 2, optimal: 1 - 1e-12, edge: 1 }).lens), [["edge", 1]]);
});

test("two rates that look alike in four digits are told apart on the axis", () => {
  const { main } = marksOf({ top: 2, optimal: 0.999991, edge: 1 });
  const [, fastest, edge] = main.map(({ words }) => words);
  assert.notEqual(fastest, edge);
});
