// The charts as Plotly traces and layouts: plain data in, {data, layout} out.

/** @import { Chart, Data, Layout, Ranges, Run, Theme, Trace, View } from "../../../../js/types.d.ts" */
import { short } from "../../../../js/numbers.js";
import { describedPlaces, drawable, plotlyText, positive } from "./curves.js";
import { toScale } from "./view.js";

const FONT = '"Source Sans", sans-serif';
const ROOM = 0.03; // beside the first and the last iteration, as a share of all
const LOW = 0.12; // a line lower than this share of the chart has its name above it
const MARGIN = { l: 72, r: 16, t: 10, b: 44 };

export const CONFIG = {
  displaylogo: false, showSendToCloud: false, responsive: false, doubleClick: false, showTips: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "resetScale2d", "toImage"],
};

/** The margins of a chart, wider if its letters are larger. @param {number} [letters] */
const marginOf = (letters = 1) => ({ l: MARGIN.l * (0.4 + 0.6 * letters), r: MARGIN.r, t: MARGIN.t, b: MARGIN.b * letters });

/** The inputs of all charts. @typedef {{data: Data, theme: Theme, hidden: Set<string>}} Shown */

/**
 * The path of every run; drawing.js draws what lies under it.
 * @param {Shown & {view: View, left: number | null}} shown @returns {Chart}
 */
export function pathChart(shown) {
  const { data, theme, view } = shown;
  const layout = base(theme, ...axesOf(data));
  layout.xaxis.range = [...view.window[0]]; // a copy: Plotly writes into it
  layout.yaxis.range = [...view.window[1]];
  if (view.kind === "fit") return { data: [], layout };
  if (view.kind === "space") {
    const none = { visible: false, fixedrange: true };
    Object.assign(layout.xaxis, none);
    Object.assign(layout.yaxis, none, { scaleanchor: "x" });
    Object.assign(layout, {
      dragmode: false, annotations: boxLabels(data, view, theme), margin: { l: 8, r: 8, t: 0, b: 0 },
    });
  } else if (toScale(view)) {
    layout.yaxis.scaleanchor = "x";
  }
  return { data: data.runs.flatMap((run) => pathTraces(shown, run)), layout };
}

/** The names of the two axes of the path chart. @param {Data} data @returns {[string, string]} */
function axesOf({ fitted, path }) {
  const [across, up] = fitted ? fitted.axes : path.names;
  return [across, up];
}

/**
 * The view's window, widened so that a chart of this size, in pixels, has both axes to scale.
 * @param {View} view @param {number} width @param {number} height
 * @param {number} [letters]  how many times as large as usual the letters are
 * @returns {Ranges}
 */
export function spread(view, width, height, letters) {
  if (!toScale(view)) return view.window;
  const { l, r, t, b } = marginOf(letters), sizes = [width - l - r, height - t - b];
  if (Math.min(...sizes) <= 0) return view.window; // not laid out yet
  const scale = Math.max(...view.window.map(([low, high], q) => (high - low) / sizes[q]));
  return view.window.map(([low, high], q) => {
    const middle = (low + high) / 2, half = (scale * sizes[q]) / 2;
    return [middle - half, middle + half];
  });
}

/** The loss of every run. @param {Shown} shown @returns {Chart} */
export function lossChart(shown) {
  const { data, theme } = shown, { loss, spectrum, runs } = data;
  const floor = 10 ** loss.window[0];
  const traces = runs.map((run) => ({
    ...line(shown, run), x: run.points, y: positive(run.losses, floor), customdata: run.losses,
    text: describedPlaces(data, run),
    hovertemplate: `${run.title}<br>k = %{x}<br>%{text}loss = %{customdata:.4g}<extra></extra>`,
  }));
  const layout = base(theme, "iteration k", data.spoken.lossName);
  layout.xaxis.range = iterationRange(data);
  Object.assign(layout.yaxis, {
    type: "log", range: [...loss.window], ...ticks(loss.window),
  });
  /** @type {Level[]} */
  const levels = [];
  if (spectrum.leastLoss > 0) {
    const [low, high] = loss.window, height = (Math.log10(spectrum.leastLoss) - low) / (high - low);
    const side = height < LOW ? "bottom" : "top";
    levels.push([spectrum.leastLoss, `smallest possible loss ${short(spectrum.leastLoss)}`, side]);
  }
  if (loss.zeros) levels.push([floor, "loss exactly 0", "bottom"]);
  Object.assign(layout, levelLines(levels, theme));
  return { data: traces, layout };
}

/** The difference of every run from the first, with the size of one rounding of x. @param {Shown} shown @returns {Chart} */
export function apartChart(shown) {
  const { data, theme } = shown, { rounding, runs } = data;
  const others = runs.slice(1);
  const window = apartWindow(others, rounding), floor = 10 ** window[0];
  const traces = others.map((run) => ({
    ...line(shown, run), x: run.apartPoints, customdata: run.apart,
    y: positive(run.apart, floor),
    hovertemplate: `${run.title}<br>k = %{x}<br>differs by %{customdata:.2g}<extra></extra>`,
  }));
  const layout = base(theme, "", "");
  layout.margin = { ...marginOf(theme.letters), t: 6, b: 24 };
  layout.xaxis.range = iterationRange(data);
  Object.assign(layout.yaxis, {
    type: "log", range: window, exponentformat: "e", fixedrange: true,
    dtick: nextRound((window[1] - window[0]) / 3),
  });
  Object.assign(layout, levelLines(rounding > 0 ? [[rounding, "", "top"]] : [], theme));
  return { data: traces, layout };
}

/** A range of exponents that holds all differences and the rounding level. @param {Run[]} runs @param {number} rounding */
function apartWindow(runs, rounding) {
  const differences = runs.flatMap((run) => Array.from(run.apart)).filter((value) => value < Infinity);
  const exponents = [...differences, rounding].filter((value) => value > 0).map(Math.log10);
  if (!exponents.length) return [-17, -14];
  return [Math.floor(Math.min(...exponents)) - 1, Math.max(...exponents) + 1.2];
}

/**
 * One run's path; outside the window it is a hairline that hides nothing.
 * @param {Shown & {view: View, left: number | null}} shown @param {Run} run
 */
function pathTraces(shown, run) {
  const { inside, outside } = drawable(shown.data, shown.view, run, shown.left);
  const stroke = line(shown, run);
  const hovertemplate = `${run.title}<br>k = %{customdata[0]}<br>%{customdata[2]}`
    + "loss = %{customdata[1]:.4g}<extra></extra>";
  /** @type {Trace[]} */
  const traces = [{ ...stroke, ...inside, hovertemplate, line: { ...stroke.line, width: stroke.line.width * 0.75 } }];
  if (outside.x.length) {
    traces.push({
      ...stroke, ...outside, hovertemplate, name: `${run.title}, outside`,
      line: { color: run.colour, width: 0.5 }, opacity: 0.6,
    });
  }
  return traces;
}

/** A run's stroke; if only one run is shown, no curves coincide and it is solid and wide. @param {Shown} shown @param {Run} run */
function line({ data, hidden }, run) {
  const alone = data.runs.length - hidden.size === 1;
  return {
    mode: "lines", name: run.title, visible: !hidden.has(run.key),
    line: {
      color: run.colour, width: alone ? Math.max(run.width, 4) : run.width,
      dash: alone ? "solid" : run.dash || "solid",
    },
  };
}

/**
 * A value, its label, and the side of the label on which the line is.
 * @typedef {[number, string, "top" | "bottom"]} Level
 */

/** @param {Level[]} levels @param {Theme} theme */
function levelLines(levels, theme) {
  return {
    shapes: levels.map(([level]) => ({
      type: "line", xref: "paper", x0: 0, x1: 1, y0: level, y1: level,
      line: { color: theme.ink, width: 1.5, dash: "4px,4px" },
    })),
    annotations: levels.map(([level, text, yanchor]) => ({
      text, x: 0, xref: "paper", y: Math.log10(level), showarrow: false, // placed by exponent
      xanchor: "left", yanchor, font: { color: theme.ink, size: sizeOf(theme) },
    })),
  };
}

/** Labels on the edges of the box: the coordinate and its range. @param {Data} data @param {View} view @param {Theme} theme */
function boxLabels(data, view, theme) {
  const low = view.box.map(([least]) => least);
  const middle = view.box.map(([least, most]) => (least + most) / 2);
  return data.path.names.map((name, q) => {
    const place = low.map((edge, p) => (p === q ? middle[p] : edge));
    const { x, y } = view.toChart(place, []);
    return {
      x: x[0], y: y[0], showarrow: false, font: { color: theme.quiet, size: sizeOf(theme) },
      text: `${plotlyText(name)}: ${short(view.box[q][0])} … ${short(view.box[q][1])}`, yshift: -12,
    };
  });
}

/** The size of a chart's smallest letters, in pixels. @param {Theme} theme */
function sizeOf({ letters = 1 }) {
  return 14 * letters;
}

/** @param {Theme} theme @param {string} across @param {string} up @returns {Layout} */
function base(theme, across, up) {
  const size = sizeOf(theme);
  const axis = (/** @type {string} */ text) => ({
    gridcolor: theme.line, zeroline: false, linecolor: theme.line, ticks: "",
    tickfont: { color: theme.quiet, size },
    title: { text: plotlyText(text), font: { color: theme.quiet, size: size * 15 / 14 }, standoff: 6 },
  });
  return {
    margin: marginOf(theme.letters),
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false,
    font: { family: FONT, color: theme.ink, size },
    hoverlabel: {
      font: { family: FONT, size, color: theme.ink }, bgcolor: theme.paper, bordercolor: theme.quiet,
    },
    hovermode: "closest",
    modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.quiet, activecolor: theme.ink },
    xaxis: axis(across), yaxis: axis(up), dragmode: "zoom",
  };
}

/**
 * About six ticks: whole decades, or 1, 2, 5 if the window has few decades. Plotly's own ticks within a
 * decade and its exponents would be smaller than all other text.
 * @param {number[]} window
 */
function ticks([low, high]) {
  if (high - low > 2.5) return { exponentformat: "e", dtick: nextRound((high - low) / 6) };
  const decades = Array.from({ length: Math.ceil(high) - Math.floor(low) }, (_, i) => 10 ** (Math.floor(low) + i));
  const tickvals = decades.flatMap((decade) => [decade, 2 * decade, 5 * decade]);
  return { tickvals, ticktext: tickvals.map((value) => short(value)) };
}

/** The smallest of 1, 2, 5, 10, 20, ... that is at least the step. @param {number} step */
function nextRound(step) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(step, 1)));
  return unit * ([1, 2, 5].find((times) => times * unit >= step) ?? 10);
}

/** From 0 to the last k of any run, with room for the marks at both ends. @param {Data} data */
function iterationRange({ runs }) {
  const last = Math.max(1, ...runs.map((run) => run.points.at(-1) ?? 0));
  return [-ROOM * last, (1 + ROOM) * last];
}

/** All charts, by the class of their box in stage.html. */
export const CHARTS = { path: pathChart, loss: lossChart, apart: apartChart };
