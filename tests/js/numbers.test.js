import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { indexAt, short, shownText, tidy, toldApart, within } from "../../lsedash/ui/js/numbers.js";

test("a number is read in four digits, with an exponent where it is very large or small", () => {
  const read = [[0, "0"], [1 / 3, "0.3333"], [-12.3456, "-12.35"], [123456, "123500"], [2, "2"],
    [1e6, "1e6"], [999999.9, "1e6"], [0.00012346, "0.0001235"], [9.9e-5, "9.9e-5"], [Infinity, "∞"], [-Infinity, "-∞"], [NaN, "NaN"]];
  for (const [value, text] of read) assert.equal(short(value), text);
});

test("a number is read as Python writes it", () => {
  const table = JSON.parse(readFileSync(new URL("numbers-for-the-eye.json", import.meta.url), "utf8"));
  for (const [value, digits, text] of table) assert.equal(short(value, digits), text);
});

test("a field shows a long number in four digits, and what is no number as it is", () => {
  const shown = ["0.3333333333333333", "0.12345", "1e-300", "1/3 + something"].map((text) => shownText(text));
  assert.deepEqual(shown, ["0.3333", "0.12345", "1e-300", "1/3 + something"]);
  assert.equal(shownText("-123456.789012", 6), "-123457"); // a cell of the grid
});

test("a value keeps the digits that its precision is worth, two at least", () => {
  assert.equal(tidy(0.123456789, 0.01), 0.123);
  assert.equal(tidy(0.123456789, 0.5), 0.12);
  assert.equal(tidy(1 / 3, 1e-17), Number((1 / 3).toPrecision(15)));
});

test("close numbers are written in as many digits as tell them apart", () => {
  assert.deepEqual(toldApart([0.25, 0.5]), ["0.25", "0.5"]);
  assert.deepEqual(toldApart([0.1234561, 0.1234569]), ["0.123456", "0.123457"]);
  assert.deepEqual(toldApart([1, 1]), ["1", "1"]);
  assert.deepEqual(toldApart([9.2091e-9, 9.2092e-9, 9.2092e-9]), ["9.2091e-9", "9.2092e-9", "9.2092e-9"]);
  assert.deepEqual(toldApart([1, 1 + Number.EPSILON]), ["1", "1.0000000000000002"]);
});

test("the last point that is not behind k", () => {
  const points = [0, 1, 2, 10, 20];
  const found = [-1, 0, 0.5, 2, 9, 10, 19.9, 20, 99].map((k) => indexAt(points, k));
  assert.deepEqual(found, [-1, 0, 0, 2, 2, 3, 3, 4, 4]);
  assert.equal(indexAt([], 3), -1);
});

test("a value is kept within two others", () => {
  assert.deepEqual([-1, 0.5, 9].map((value) => within(value, 0, 1)), [0, 0.5, 1]);
});
