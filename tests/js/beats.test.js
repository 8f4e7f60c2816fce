import assert from "node:assert/strict";
import { test } from "node:test";
import { readBeats, Talk } from "../../lsedash/ui/widgets/presenter/beats.js";

const PAGES = ["/base/", "/base/learning-rates", "/base/why"];

test("a beat is a link of any server: its page and its query", () => {
  const text = "?lr=0.3\n\n# the edge\n  https://class.example.edu/why?lr=0.3&show=modes \n/base/learning-rates\nhttp://localhost:8501/\n/base/?A=1 2;3 4";
  assert.deepEqual(readBeats(text, PAGES), {
    beats: [
      { path: "", query: "lr=0.3" }, { path: "why", query: "lr=0.3&show=modes" },
      { path: "learning-rates", query: "" }, { path: "", query: "" }, { path: "", query: "A=1%202;3%204" },
    ],
    faults: [],
  });
});

test("a line that is no link of the dashboard is named, and the others stay", () => {
  const { beats, faults } = readBeats("hello\n/elsewhere?lr=1\njavascript:alert(1)\nhttp://[\n/why", PAGES);
  assert.deepEqual(beats, [{ path: "why", query: "" }]);
  assert.deepEqual(faults.map((fault) => fault.split(" is ")[0]), ["Line 1", "Line 2", "Line 3", "Line 4"]);
});

test("a talk goes from beat to beat, and not beyond its ends", () => {
  const talk = new Talk();
  talk.beats = readBeats("?lr=0.1\n?lr=0.2", PAGES).beats;
  const queries = [1, 1, 1, -1, -1].map((step) => talk.move(/** @type {1 | -1} */ (step))?.query ?? null);
  assert.deepEqual(queries, ["lr=0.1", "lr=0.2", null, "lr=0.1", null]);
});
