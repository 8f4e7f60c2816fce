import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOf, firstFree } from "../../lsedash/ui/pages/descend/stage/static/labels.js";

const AREA = { left: 0, top: 0, right: 400, bottom: 300 };

test("words stand at their first spot if that is free", () => {
  assert.deepEqual(firstFree("limit", [[100, 100, "start"], [100, 100, "end"]], [], AREA), [100, 100, "start"]);
});

test("words leave a spot where other words are, and stay in the area", () => {
  const other = boxOf("drag x0", [330, 105, "start"]);
  const spot = firstFree("left at k = 12", [[340, 100, "middle"], [390, 50, "middle"], [300, 60, "middle"]], [other], AREA);
  assert.deepEqual(spot, [300, 60, "middle"]);
});

test("without a free spot the first one in the area is taken", () => {
  const everywhere = { left: -1e3, right: 1e3, top: -1e3, bottom: 1e3 };
  assert.deepEqual(firstFree("x0", [[399, 10, "start"], [200, 100, "end"]], [everywhere], AREA), [200, 100, "end"]);
});
