import assert from "node:assert/strict";
import { test } from "node:test";
import { apartChart, lossChart, pathChart, spread } from "../../lsedash/ui/pages/descend/stage/static/charts.js";
import { viewOf } from "../../lsedash/ui/pages/descend/stage/static/view.js";

const THEME = { ink: "i", quiet: "q", line: "l", contour: "c", paper: "p", good: "g", bad: "b" };
const run = (key, apart) => ({
  key, title: key.toUpperCase(), colour: "#000", dash: "2px,5px", symbol: "circle", width: 2,
  points: Float64Array.of(0, 1, 2), places: Float64Array.of(0, 0, 1, 1, 2, 2), losses: Float64Array.of(4, 1, 0),
  apartPoints: Float64Array.of(0, 1, 2), apart: Float64Array.from(apart),
});
const DATA = {
  runs: [run("a", [0, 0, 0]), run("b", [0, 1e-16, 2e-16])], path: { names: ["x₁", "x₂"] }, view: { n: 2 },
  spoken: { lossName: "loss ½‖Ax − b‖²" }, loss: { window: [-6, 1], zeros: true }, spectrum: { leastLoss: 0 }, rounding: 4e-16,
};
const VIEW = viewOf(2, [[0, 4], [0, 4]], { turn: 0, tilt: 0 });
const shown = (change = {}) => ({ data: DATA, theme: THEME, hidden: new Set(), view: VIEW, left: null, ...change });

test("every run has a path and a loss, and all but the first a difference", () => {
  assert.deepEqual(pathChart(shown()).data.map(({ name }) => name), ["A", "B"]);
  assert.deepEqual(lossChart(shown()).data.map(({ name }) => name), ["A", "B"]);
  assert.deepEqual(apartChart(shown()).data.map(({ name }) => name), ["B"]);
});

test("a hidden program is hidden in all three, and one that is left alone is drawn solid", () => {
  const one = shown({ hidden: new Set(["a"]) });
  for (const chart of [pathChart, lossChart]) assert.deepEqual(chart(one).data.map(({ visible }) => visible), [false, true]);
  assert.equal(lossChart(one).data[1].line.dash, "solid");
  assert.equal(lossChart(shown()).data[1].line.dash, "2px,5px");
});

test("a loss of 0 lies on the lower edge, labelled, and its own value stays in the hover text", () => {
  const { data, layout } = lossChart(shown());
  assert.deepEqual([...data[0].y], [4, 1, 1e-6]);
  assert.deepEqual([...data[0].customdata], [4, 1, 0]);
  assert.deepEqual(layout.annotations.map(({ text }) => text), ["loss exactly 0"]);
});

test("the strip holds all differences and the rounding level", () => {
  const [low, high] = apartChart(shown()).layout.yaxis.range;
  assert.ok(low < -16 && 10 ** high > 4e-16);
  assert.equal(apartChart(shown()).layout.shapes[0].y0, 4e-16);
});

test("what is wider than it is high shows more to its sides, to scale", () => {
  const [across, up] = spread(VIEW, 488, 254); // 400 x 200 pixels between the axes
  assert.deepEqual(up, [0, 4]);
  assert.deepEqual(across, [-2, 6]);
  assert.deepEqual(spread(VIEW, 0, 0), VIEW.window);
});

test("Plotly may write into a layout without changing the view", () => {
  pathChart(shown()).layout.xaxis.range[0] = 99;
  assert.deepEqual(VIEW.window, [[0, 4], [0, 4]]);
});

test("a name in a chart is text and never a tag", () => {
  const names = ["x₁ · <b>size</b>", "x₂ · a & b"], data = { ...DATA, path: { names, full: ["x₁ · <b>size</b> of all", "x₂ · a & b"] } };
  const { data: [trace], layout } = pathChart(shown({ data }));
  assert.equal(layout.xaxis.title.text, "x₁ · &lt;b&gt;size&lt;/b&gt;");
  assert.equal(layout.yaxis.title.text, "x₂ · a &amp; b");
  assert.equal(trace.customdata[1][2], "x₁ · &lt;b&gt;size&lt;/b&gt; of all = 1, x₂ · a &amp; b = 1<br>");
  assert.equal(lossChart(shown({ data })).data[0].text[0], "x₁ · &lt;b&gt;size&lt;/b&gt; of all = 0, x₂ · a &amp; b = 0<br>");
});

test("all letters of a chart grow with the page's, and the axes keep their scale", () => {
  const large = shown({ theme: { ...THEME, letters: 2 } });
  for (const chart of [pathChart, lossChart]) {
    const [{ layout }, { layout: usual }] = [chart(large), chart(shown())];
    for (const axis of ["xaxis", "yaxis"]) {
      assert.equal(layout[axis].tickfont.size, 2 * usual[axis].tickfont.size);
      assert.equal(layout[axis].title.font.size, 2 * usual[axis].title.font.size);
    }
    assert.ok(layout.margin.b > usual.margin.b && layout.margin.l > usual.margin.l);
  }
  const [across, up] = spread(VIEW, 800, 600, 2), { margin } = pathChart(large).layout;
  const pixels = [(800 - margin.l - margin.r) / (across[1] - across[0]), (600 - margin.t - margin.b) / (up[1] - up[0])];
  assert.ok(Math.abs(pixels[0] - pixels[1]) < 1e-9);
});
