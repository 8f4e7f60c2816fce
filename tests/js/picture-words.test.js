import assert from "node:assert/strict";
import { test } from "node:test";
import { captionOf, fileNameOf, inLines } from "../../lsedash/ui/js/picture-words.js";
import { legendOf, subjectOf } from "../../lsedash/ui/pages/descend/stage/static/picture-subjects.js";

const LOSS = { title: "Loss", heading: "Loss", system: "A = [2] · b = [4]", rate: 0.1, iterations: 50 };

test("a caption tells A, b, alpha and N, and leaves out what the chart does not show", () => {
  assert.equal(captionOf(LOSS), "A = [2] · b = [4] · α = 0.1 · N = 50");
  assert.equal(captionOf({ ...LOSS, rate: null }), "A = [2] · b = [4] · N = 50");
  assert.equal(captionOf({ ...LOSS, rate: 1 / 3, iterations: null }), "A = [2] · b = [4] · α = 0.3333");
});

test("a picture's file is named after what it shows, in letters that every system takes", () => {
  assert.equal(fileNameOf(LOSS, "png"), "loss-alpha-0.1-50-iterations.png");
  assert.equal(fileNameOf({ ...LOSS, rate: 2e-9, iterations: 1 }, "svg"), "loss-alpha-2e-9-1-iteration.svg");
  const path = { ...LOSS, title: "Path: x₁ = α·gradient, in 3-D.", rate: null, iterations: null };
  assert.equal(fileNameOf(path, "png"), "path-x1-alpha-gradient-in-3-d.png");
});

test("entries that do not fit on a line begin another one, and none is lost", () => {
  const width = (word) => word.length;
  assert.deepEqual(inLines(["ab", "cd", "ef"], width, 1, 5), [["ab", "cd"], ["ef"]]);
  assert.deepEqual(inLines(["much too wide", "a"], width, 1, 5), [["much too wide"], ["a"]]);
  assert.deepEqual(inLines([], width, 1, 5), []);
});

const run = (key) => ({ key, title: key.toUpperCase(), colour: "#000", dash: "2px,5px", width: 2 });
const SCENE = {
  data: { runs: [run("a"), run("b"), run("c")], system: "A = [2]", iterations: 9, dtype: "float32" },
  hidden: new Set(["b"]), theme: { ink: "i", quiet: "q" }, view: { kind: "plane" }, previewed: false, rate: 0.25,
};
const names = (chart, scene = SCENE) => legendOf(chart, scene).map(({ name }) => name);

test("the legend of a picture names the programs that are shown and what else is drawn", () => {
  assert.deepEqual(names("loss"), ["A", "C", "predicted"]);
  assert.deepEqual(names("apart"), ["C", "one float32 rounding of x"]);
  assert.deepEqual(names("path", { ...SCENE, previewed: true }), ["A", "C", "preview"]);
});

test("a picture of the stage tells the rate that is shown, and that the path is in space", () => {
  assert.deepEqual(subjectOf("path", { ...SCENE, view: { kind: "space" } }), {
    title: "Path in space", heading: "Path of the iterates in space", system: "A = [2]", rate: 0.25, iterations: 9,
  });
  assert.equal(subjectOf("loss", { ...SCENE, view: { kind: "space" } }).title, "Loss");
});
