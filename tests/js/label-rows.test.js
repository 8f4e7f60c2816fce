import assert from "node:assert/strict";
import { test } from "node:test";
import { placed } from "../../lsedash/ui/pages/descend/stage/static/label-rows.js";

const label = (at, width, side = "left") => ({ at, width, side });

test("labels with room stay in the first row, on the side they prefer", () => {
  const places = placed([label(600, 80, "right"), label(300, 180)], 700);
  assert.deepEqual(places, [{ side: "right", row: 0 }, { side: "left", row: 0 }]);
});

test("no label lies on the tick of another where both have room", () => {
  const places = placed([label(300, 80, "right"), label(25, 180), label(130, 150)], 384);
  assert.deepEqual(places.map(({ row }) => row), [0, 1, 0]);
});

test("labels of ticks that lie close together are in rows of their own", () => {
  const places = placed([label(608, 80, "right"), label(304, 180), label(584, 200), label(590, 220)], 700);
  assert.deepEqual(places.map(({ row }) => row), [0, 0, 0, 1]);
});

test("a label that would leave the axis takes the other side of its tick", () => {
  assert.deepEqual(placed([label(20, 180)], 700), [{ side: "right", row: 0 }]);
  assert.deepEqual(placed([label(690, 180, "right")], 700), [{ side: "left", row: 0 }]);
});

test("no label lies on another, whatever the ticks", () => {
  for (let seed = 1; seed < 300; seed += 1) {
    const at = (factor) => (seed * factor) % 700;
    const labels = [label(608, 85, "right"), label(304, 180), label(at(37), 220), label(at(53), 240)];
    const boxes = placed(labels, 700).map(({ side, row }, i) => {
      const from = side === "left" ? labels[i].at - labels[i].width : labels[i].at;
      return { row, from, to: from + labels[i].width };
    });
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) assert.ok(a.row !== b.row || a.to <= b.from || b.to <= a.from, `seed ${seed}`);
    }
  }
});
