import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf } from "../../lsedash/ui/pages/descend/stage/static/rate-marks.js";

/** Curvatures 4 and 1: edge 2/4, fastest in the long run 2/5, steepest in one step 1/4. */
const ORDINARY = { top: 4, optimal: 0.4, edge: 0.5 };
const NAMES = { longRun: "in the long run", best: "best for 50", short: ["long run", "50"], why: "" };
const brief = (marks) => marks.map(({ name, rate }) => [name, rate]);

test("both rates to choose are marked, each with its own name", () => {
  const { main, lens, named } = marksOf(ORDINARY, NAMES, 0.35);
  assert.deepEqual(brief(main), [
    ["edge", 0.5], ["steepest in one step", 0.25], ["best for 50", 0.35], ["in the long run", 0.4],
  ]);
  assert.deepEqual(main.map(({ step }) => step), [2, 1, 1.4, 1.6]);
  assert.deepEqual(brief(lens), [["edge", 0.5]]); // neither is near it
  assert.deepEqual(named.map(({ rate }) => rate), [0.25, 0.4, 0.5, 0.35]);
});

test("there is no best rate where all leave the same loss", () => {
  assert.deepEqual(brief(marksOf(ORDINARY, NAMES, null).main), [
    ["edge", 0.5], ["steepest in one step", 0.25], ["in the long run", 0.4],
  ]);
});

test("two rates that are the same are one mark", () => {
  const { main } = marksOf(ORDINARY, NAMES, 0.4);
  assert.deepEqual(brief(main).slice(2), [["in the long run and best for 50", 0.4]]);
});

test("with equal curvatures one step is enough, and one mark says so", () => {
  const { main } = marksOf({ top: 4, optimal: 0.25, edge: 0.5 }, NAMES, 0.25);
  assert.deepEqual(brief(main), [["edge", 0.5], ["one step is enough:", 0.25]]);
  const close = marksOf({ top: 4, optimal: 0.2525, edge: 0.5 }, NAMES, null);
  assert.deepEqual(brief(close.main), [["edge", 0.5], ["in the long run", 0.2525]]);
});

test("a best rate beyond the axis is pointed to", () => {
  const { words } = marksOf(ORDINARY, NAMES, 0.9).main.find(({ name }) => name === NAMES.best);
  assert.equal(words, "0.9 →");
});

test("the lens magnifies the last 5 percent before the edge, less where a rate is nearer", () => {
  assert.deepEqual(marksOf(ORDINARY, NAMES, null).stretch, [1.9, 2.025]);
  assert.equal(marksOf(ORDINARY, NAMES, 0.35).magnified, "the last 5 % before the edge");
  const close = marksOf({ top: 2, optimal: 0.995, edge: 1 }, NAMES, 0.98); // at 1.99 and 1.96
  assert.ok(Math.abs(close.stretch[0] - 1.97) < 1e-12);
  assert.deepEqual(brief(close.lens), [["edge", 1], ["long run", 0.995]]);
  assert.equal(close.lens[1].words, "−0.5 %");
});

test("a rate that floats cannot tell from the edge is not in the lens", () => {
  assert.deepEqual(brief(marksOf({ top: 2, optimal: 1 - 1e-12, edge: 1 }, NAMES, null).lens), [["edge", 1]]);
});

test("rates that look alike in four digits are told apart on the axis", () => {
  const { main } = marksOf({ top: 2, optimal: 0.999991, edge: 1 }, NAMES, 0.9999905);
  assert.equal(new Set(main.map(({ words }) => words)).size, main.length);
});
