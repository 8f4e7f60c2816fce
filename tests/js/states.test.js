// The parts of the stage that have states: which there are and what leads from one to another.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Hand } from "../../lsedash/ui/js/hand.js";
import { Preview } from "../../lsedash/ui/pages/descend/stage/static/preview.js";
import { Windows } from "../../lsedash/ui/pages/descend/stage/static/windows.js";

const ANSWERED = { rate: { value: 0.1 }, spectrum: "answered" };

test("a free hand lets messages through, a held one keeps the newest until it lets go", () => {
  const shown = [], waits = [];
  const hand = new Hand((message) => shown.push(message), (waiting) => waits.push(waiting));
  hand.hear(1);
  hand.grab();
  hand.hear(2);
  hand.hear(3);
  assert.deepEqual(shown, [1]);
  assert.equal(waits.at(-1), true);
  hand.letGo();
  assert.deepEqual(shown, [1, 3]);
  assert.equal(waits.at(-1), false);
  hand.letGo();
  hand.hear(4);
  assert.deepEqual(shown, [1, 3, 4]);
});

test("a preview is shown from the first move until everything asked is answered", () => {
  const preview = new Preview();
  assert.deepEqual(preview.over(ANSWERED), { rate: 0.1, spectrum: "answered" });
  preview.move(0.2, "moved");
  assert.deepEqual(preview.over(ANSWERED), { rate: 0.2, spectrum: "moved" });
  preview.ask();
  assert.equal(preview.state, "asked");
  assert.equal(preview.over(ANSWERED).rate, 0.2);
  preview.answered();
  assert.equal(preview.state, "none");
  assert.equal(preview.over(ANSWERED).rate, 0.1);
});

test("an answer takes nothing from what is being moved again", () => {
  const preview = new Preview();
  preview.move(0.2, "moved");
  preview.ask();
  preview.move(0.3, "moved");
  preview.answered();
  assert.deepEqual([preview.state, preview.over(ANSWERED).rate], ["moving", 0.3]);
  preview.drop();
  assert.deepEqual([preview.state, preview.over(ANSWERED).rate], ["none", 0.1]);
});

test("asking for something else previews nothing", () => {
  const preview = new Preview();
  preview.ask();
  assert.equal(preview.state, "none");
});

const told = ({ fit = "system", start = [0, 0], iterations = 50, window = [[0, 1], [0, 1]] } = {}) => (
  { fit, iterations, spectrum: { start: Float64Array.from(start) }, path: { window } });
const ZOOM = [[0.4, 0.5], [0.4, 0.5]];
const OTHER = [[-9, 9], [-9, 9]];

function zoomedWindows() {
  const windows = new Windows();
  windows.adopt(told(), false);
  windows.zoom("path", ZOOM);
  windows.zoom("loss", ZOOM);
  return windows;
}

test("another rate leaves all axes as they are", () => {
  const windows = zoomedWindows();
  windows.adopt(told({ window: OTHER }), false);
  assert.deepEqual(windows.zoomed, { path: ZOOM, loss: ZOOM });
  assert.deepEqual(windows.box, [[0, 1], [0, 1]]);
});

test("another system or view fits both charts, another start the path, another N the loss", () => {
  const after = (change) => {
    const windows = zoomedWindows();
    windows.adopt(told({ window: OTHER, ...change }), false);
    return [windows.box, Object.keys(windows.zoomed)];
  };
  assert.deepEqual(after({ fit: "another" }), [OTHER, []]);
  assert.deepEqual(after({ start: [3, 0] }), [OTHER, ["loss"]]);
  assert.deepEqual(after({ iterations: 7 }), [[[0, 1], [0, 1]], ["path"]]);
});

test("a start that was dragged moves no axes, until they are fitted", () => {
  const windows = zoomedWindows();
  windows.adopt(told({ start: [3, 0], window: OTHER }), true);
  assert.deepEqual([windows.box, windows.zoomed.path], [[[0, 1], [0, 1]], ZOOM]);
  windows.fit("path");
  assert.deepEqual([windows.box, windows.zoomed], [OTHER, { loss: ZOOM }]);
});

test("a chart can be fitted as long as it does not show everything, each by itself", () => {
  const windows = zoomedWindows(), charts = () => ["path", "loss", "apart"].filter((chart) => windows.isZoomed(chart));
  assert.deepEqual(charts(), ["path", "loss"]);
  windows.fit("loss");
  assert.deepEqual(charts(), ["path"]);
  windows.fit("path");
  windows.adopt(told(), false); // another rate, the same window
  assert.deepEqual(charts(), []);
  windows.adopt(told({ start: [3, 0], window: OTHER }), true); // dragged
  assert.deepEqual(charts(), ["path"]);
});
