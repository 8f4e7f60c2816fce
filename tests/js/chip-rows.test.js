import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf } from "../../lsedash/ui/widgets/chips/gaps.js";

test("chips far apart alternate between above and below the axis", () => {
  assert.deepEqual(rowsOf([40, 200, 400, 600]), [0, 1, 0, 1]);
});

test("no two of four chips at one place share a row", () => {
  assert.deepEqual(new Set(rowsOf([211, 213, 222, 230])).size, 4);
});

test("chips in one row are at least a chip apart", () => {
  const places = [12, 211, 213, 222, 160, 250], rows = rowsOf(places);
  for (const [i, row] of rows.entries()) {
    for (const [j, other] of rows.entries()) {
      if (i !== j && row === other) assert.ok(Math.abs(places[i] - places[j]) >= 32);
    }
  }
});
