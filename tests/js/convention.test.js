import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { rateAt } from "../../lsedash/ui/js/rate-scale.js";
import { aroundAlpha, inOurs, ownRate, rateIn, rateText, stepWords, tidyRate } from "../../lsedash/ui/js/convention.js";
import { marksOf } from "../../lsedash/ui/pages/descend/stage/static/rate-marks.js";
import { regimeOf } from "../../lsedash/ui/pages/descend/stage/static/words.js";

const TABLE = JSON.parse(readFileSync(new URL("rates-as-spoken.json", import.meta.url), "utf8"));
const MEAN = { key: "mean", times: 2, divisor: 97, divides: true };
const SUM = { key: "sum", times: 2, divisor: 1, divides: false };
const OURS = { key: "half-sum", times: 1, divisor: 1, divides: false };
const conventionOf = (key, m) => ({
  key, times: ["sum", "mean"].includes(key) ? 2 : 1, divides: key.endsWith("mean"), divisor: key.endsWith("mean") ? m : 1,
});

test("the browser reads and writes every spoken rate as Python does, to the last bit", () => {
  for (const [key, m, text, alpha] of TABLE) {
    const spoken = conventionOf(key, m);
    assert.equal(ownRate(spoken, text), alpha);
    assert.equal(ownRate(spoken, rateText(spoken, alpha)), alpha);
    if (text.length < 16) assert.equal(Number(rateText(spoken, alpha)), Number(text));
  }
});

test("a dragged rate has few digits as it is spoken, and a named one is that one", () => {
  const alpha = rateAt(1.2345678, 50, 0.002, [], MEAN);
  assert.equal(rateText(MEAN, alpha), String(Number(rateIn(MEAN, alpha).toPrecision(4))));
  assert.equal(rateAt(1.9999, 50, 0.002, [{ step: 2, rate: 2 / 50 }], MEAN), 2 / 50);
  assert.equal(tidyRate(OURS, 0.123456, 0.01), 0.123);
});

test("the marks and the sentence about a rate are spoken, and their rates are ours", () => {
  const marks = { top: 4, optimal: 0.4, edge: 0.5 };
  const names = { longRun: "long run", best: "best", short: ["long run", "best"], why: "" };
  const { main } = marksOf(marks, names, null, MEAN);
  assert.deepEqual(main.map(({ words, rate }) => [words, rate]), [["24.25", 0.5], ["12.13", 0.25], ["19.4", 0.4]]);
  const said = regimeOf({ marks, regimes: { diverging: "{rate} is above {edge}." }, rateNames: names, spoken: SUM }, 0.6, null, null);
  assert.equal(said, "0.3 is above 0.25.");
});

test("alpha lambda is the same number in every convention, with other factors in its name", () => {
  assert.deepEqual([OURS, SUM, MEAN].map(aroundAlpha), [["", ""], ["2", ""], ["2", "/m"]]);
  assert.equal(stepWords(OURS), "alpha times lambda max");
  assert.equal(stepWords(MEAN), "2 alpha times lambda max over m");
  assert.equal(inOurs(OURS, 0.1), "");
  assert.equal(inOurs(SUM, 0.02), "Your 0.01 is 0.02 for ½ sum.");
  assert.equal(inOurs(MEAN, ownRate(MEAN, "0.01")), "Here m = 97: your 0.01 is 0.0002062 for ½ sum.");
});
