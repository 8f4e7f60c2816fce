import assert from "node:assert/strict";
import { test } from "node:test";
import { widestGap } from "../../lsedash/ui/widgets/chips/gaps.js";
import { cellName, hasManyNumbers, subscript } from "../../lsedash/ui/widgets/grid/cells.js";

test("another chip has its place in the middle of the widest gap", () => {
  assert.equal(widestGap([0, 2.3]), 1.15);
  assert.equal(widestGap([0, 2, 0.5, 2.3]), 1.25);
  assert.equal(widestGap([0, 1, 2]), 0.5); // of two equal ones the first
});

test("a block of numbers is told from one number, however that is written", () => {
  for (const one of ["1", " -1e-3 ", "1/3", "1 / 3", "0.5", ""]) assert.equal(hasManyNumbers(one), false, one);
  for (const many of ["1 2", "1\t2", "1\n2", "1; 2", "1, 2", "1/3 2"]) assert.equal(hasManyNumbers(many), true, many);
});

test("every entry has a name of its own, for the eye and aloud", () => {
  assert.deepEqual(cellName("A", 0, 1), { id: "A-1-2", name: "A, row 1, column 2" });
  assert.deepEqual(cellName("b", 2, null), { id: "b-3", name: "b, entry 3" });
  assert.deepEqual(cellName("x0", 0, null), { id: "x0-1", name: "start x0, entry 1" });
  assert.equal(subscript(12), "₁₂");
});
