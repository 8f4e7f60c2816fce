// A file's recording: the numbers come out to the bit, and a moved start is the same start in every view.

import assert from "node:assert/strict";
import { test } from "node:test";
import { rateOf } from "../../lsedash/ui/pages/descend/stage/static/rate-text.js";
import { Recording, carried, columnsOf, widened } from "../../lsedash/ui/pages/descend/stage/static/recording.js";
import { descend, movedTo } from "../../lsedash/ui/js/closed-form.js";

const pack = (/** @type {number[]} */ numbers) => Buffer.from(Float64Array.from(numbers).buffer).toString("base64");

/** Columns as Python stores them. @param {number[][]} columns @param {number[]} firsts */
function stored(columns, firsts) {
  const words = columns.map((column) => new BigUint64Array(Float64Array.from(column).buffer));
  const differences = words.flatMap((column, i) => Array.from(column, (word, k) => word ^ (firsts[i] < 0 ? column[k - 1] ?? 0n : words[firsts[i]][k])));
  const bytes = new Uint8Array(BigUint64Array.from(differences).buffer), count = differences.length;
  return Uint8Array.from(bytes, (_, at) => bytes[8 * (at % count) + Math.floor(at / count)]);
}

test("columns come out to the bit, whether they differ from another column or from the value before", () => {
  const columns = [[0, 1, 2], [0.1, -0.1 / 3, 1e-300], [0.1, -0.1 / 3 + 1e-17, 1e-300], []], firsts = [-1, -1, 1, -1];
  const shapes = columns.map((column, i) => /** @type {[number, number]} */ ([column.length, firsts[i]]));
  assert.deepEqual(columnsOf(stored(columns, firsts), shapes).map((column) => Array.from(column)), columns);
});

test("a start that was moved among modes is the same start among coordinates", () => {
  const c = Math.SQRT1_2, modes = [c, c, 0, c, -c, 0], coordinates = [1, 0, 0, 0, 1, 0];
  const message = { view: { kind: "modes" }, runs: [], directions: pack(modes) };
  const views = { modes: { runs: [] }, coordinates: { runs: [], directions: pack(coordinates) }, fit: { runs: [], directions: null } };
  const recording = new Recording(/** @type {any} */ ({ message, views, columns: [] }), []);
  const spectrum = { singular: [3, 1], residual: [3, -2], leastLoss: 0.5, rounding: 0 };
  const among = (/** @type {number[]} */ rows, /** @type {number[]} */ start) => /** @type {any} */ ({
    singular: Float64Array.from(spectrum.singular), residual: Float64Array.from(spectrum.residual), rows: Float64Array.from(rows), start: Float64Array.from(start), leastLoss: 0.5, rounding: 0,
  });
  const inModes = among([1, 0, 0, 1], [0, 0]), inCoordinates = among([c, c, c, -c], [0, 0]);
  const moved = movedTo(inModes, [2, 1]), move = recording.spread("modes", [2, 1], 3);
  assert.deepEqual(Array.from(recording.along("fit", move)), Array.from(move));
  const seen = carried(moved, inCoordinates, recording.along("coordinates", move));
  const direct = movedTo(inCoordinates, [3 * c, c]);
  for (const [q, x] of direct.start.entries()) assert.ok(Math.abs(x - seen.start[q]) < 1e-15);
  for (const [i, loss] of descend(direct, 0.1, [0, 5]).losses.entries()) {
    assert.ok(Math.abs(loss - descend(seen, 0.1, [0, 5]).losses[i]) < 1e-13);
  }
});

test("the axis of the losses makes room for a prediction and never loses what was recorded", () => {
  assert.deepEqual(widened([-2, 1.5], [10, 1, 0.5]), [-2, 1.5]);
  assert.deepEqual(widened([-2, 1.5], [10, 1e-4]), [-5, 1.5]);
  assert.deepEqual(widened([-2, 1.5], [10, 1e6, Infinity]), [-2, 6.4]);
  assert.deepEqual(widened([-2, 1.5], [0, 0]), [-2, 1.5]);
});

test("a typed rate is a decimal or a fraction, and nothing else", () => {
  for (const [text, rate] of /** @type {[string, number][]} */ ([["0.2", 0.2], [" 2E-3 ", 0.002], ["1/3", 1 / 3], [".5", 0.5]])) assert.equal(rateOf(text), rate);
  for (const text of ["", "abc", "0x10", "1/2/3", "-1", "Infinity", "1,5", "alert(1)"]) assert.ok(Number.isNaN(rateOf(text)), text);
});
