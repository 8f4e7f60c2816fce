import assert from "node:assert/strict";
import { test } from "node:test";
import { END, keyed, kindOf, pointed, rateAt, regimesOf, shareOf } from "../../lsedash/ui/js/rate-scale.js";

test("every step has its kind, and equality allows for rounding", () => {
  const kinds = [[0, "frozen"], [0.5, "monotone"], [1, "one-step"], [0.1 * 3 / 0.3, "one-step"],
    [1 - 1e-15, "monotone"], [1 + 1e-15, "oscillating"], [1.5, "oscillating"], [2, "undamped"],
    [2 + 2 ** -51, "undamped"], [2 + 1e-14, "diverging"], [50, "diverging"]];
  for (const [step, kind] of kinds) assert.equal(kindOf(step), kind, String(step));
});

test("the regimes meet at 1 and at 2 and fill any stretch", () => {
  const shares = (stretch) => regimesOf(stretch).map(({ name, share }) => [name, Number(share.toFixed(12))]);
  assert.deepEqual(shares([0, 4]), [["monotone", 0.25], ["oscillating", 0.25], ["growing", 0.5]]);
  assert.deepEqual(shares([1.9, 2.025]), [["oscillating", 0.8], ["growing", 0.2]]);
  assert.deepEqual(shares([0, 0.5]), [["monotone", 1]]);
  const sum = regimesOf([0, END]).reduce((total, { share }) => total + share, 0);
  assert.ok(Math.abs(sum - 1) < 1e-15);
});

test("arrows move a step by a hundredth, page keys by a tenth, Home and End to both ends", () => {
  const moved = (key, step = 1) => keyed(key, step, 0.01);
  for (const key of ["ArrowRight", "ArrowUp"]) assert.equal(moved(key), 1.01);
  for (const key of ["ArrowLeft", "ArrowDown"]) assert.equal(moved(key), 0.99);
  assert.equal(moved("PageUp"), 1.1);
  assert.equal(moved("PageDown"), 0.9);
  assert.equal(moved("Home"), 0.01);
  assert.equal(moved("End"), END);
  for (const key of ["a", "Enter", "Tab", "toString"]) assert.equal(moved(key), null);
});

test("keys lead neither to 0 nor, from a tiny step, upwards by going down", () => {
  assert.equal(keyed("ArrowLeft", 0.015, 0.01), 0.01);
  assert.equal(keyed("ArrowLeft", 0.002, 0.01), 0.002);
  assert.equal(keyed("PageDown", 0.05, 1e-6), 1e-6);
});

test("a pointer means its place on the track, but never 0 and never more than the end", () => {
  assert.equal(pointed(0.5, [0, END], 0.01), END / 2);
  assert.equal(pointed(-3, [0, END], 0.01), 0.005);
  assert.equal(pointed(7, [0, END], 0.01), END);
  assert.equal(pointed(-3, [1.5, 2.5], 0.5), 1.75);
});

test("near a named rate a pointer means exactly that one, elsewhere as many digits as a pixel has", () => {
  const named = [{ step: 1, rate: 1 / 3 }, { step: 1.01, rate: 0.33667 }, { step: 2, rate: 2 / 3 }];
  assert.equal(rateAt(1.004, 3, 0.002, named), 1 / 3);
  assert.equal(rateAt(1.008, 3, 0.002, named), 0.33667);
  assert.equal(rateAt(1.9885, 3, 0.002, named), 2 / 3); // almost six pixels away
  assert.equal(rateAt(1.9875, 3, 0.002, named), 0.6625); // more than six
  assert.equal(rateAt(1.5, 3, 0.002, []), 0.5);
});

test("a share of a stretch, beyond its ends too", () => {
  assert.deepEqual([1, 2, 3, 4].map((step) => shareOf(step, [2, 4])), [-0.5, 0, 0.5, 1]);
});
