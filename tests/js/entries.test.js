// Places in the table of a large system, and which of its rows are drawn.
import assert from "node:assert/strict";
import test from "node:test";
import { columnsInView, entryAt, isEntry, movedBy, rowsInView, widthOf } from "../../lsedash/ui/widgets/entries/place.js";

const SIZE = { m: 97, n: 2 };

test("a place is an entry of A, of b or of the start", () => {
  assert.deepEqual(entryAt({ row: 3, column: 1 }, SIZE), { field: "A", row: 3, column: 1 });
  assert.deepEqual(entryAt({ row: 96, column: 2 }, SIZE), { field: "b", row: 96, column: 0 });
  assert.deepEqual(entryAt({ row: 97, column: 1 }, SIZE), { field: "x0", row: 1, column: 0 });
  assert.ok(!isEntry({ row: 97, column: 2 }, SIZE)); // under b there is nothing
  assert.ok(!isEntry({ row: 98, column: 0 }, SIZE));
});

test("keys lead to every entry and never beyond the table", () => {
  const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End"];
  let place = { row: 0, column: 0 };
  for (let i = 0; i < 4000; i += 1) {
    const moved = movedBy(keys[(i * 7 + (i >> 3)) % keys.length], i % 5 === 0, place, SIZE, 8);
    assert.ok(moved && isEntry(moved, SIZE), JSON.stringify([place, moved]));
    place = moved;
  }
  assert.deepEqual(movedBy("End", true, { row: 0, column: 0 }, SIZE, 8), { row: 96, column: 2 });
  assert.deepEqual(movedBy("ArrowDown", false, { row: 96, column: 2 }, SIZE, 8), { row: 97, column: 1 });
  assert.deepEqual(movedBy("PageDown", false, { row: 0, column: 0 }, SIZE, 8), { row: 8, column: 0 });
  assert.equal(movedBy("x", false, place, SIZE, 8), null);
});

test("only the rows in view and a few beside them are drawn, of however many", () => {
  for (const top of [0, 1000, 4096 * 28 - 280]) {
    const [first, end] = rowsInView(top, 280, 28, 4096);
    assert.ok(first * 28 <= top && (end * 28 >= top + 280 || end === 4096));
    assert.ok(first >= 0 && end <= 4096 && end - first <= 24);
  }
});

test("only the columns in view and a few beside them are drawn, of however many", () => {
  const widths = [30, ...Array.from({ length: 64 }, (_, i) => 45 + i % 3), 50]; // the side, A, and b
  const startOf = (/** @type {number} */ column) => widths.slice(0, column + 1).reduce((sum, width) => sum + width);
  for (const left of [0, 7, 1200, startOf(64) + 50 - 240]) {
    const [first, end] = columnsInView(left, 240, widths);
    assert.ok((startOf(first) <= left || first === 0) && (startOf(end) >= left + 240 || end === 64), String(left));
    assert.ok(first >= 0 && end <= 64 && end - first <= 15, `${first} to ${end}`);
  }
  assert.deepEqual(columnsInView(0, 240, [30, 90, 60]), [0, 1]); // the whole table is narrower
  assert.equal(columnsInView(3100, 240, widths)[1], 64); // scrolled beyond its end, as some browsers do
});

test("a column is as wide as its longest text, within bounds", () => {
  assert.equal(widthOf(["1"]), 4);
  assert.equal(widthOf(["1", "-12.345"]), 7);
  assert.equal(widthOf(["0.12345678901234567"]), 13);
});
