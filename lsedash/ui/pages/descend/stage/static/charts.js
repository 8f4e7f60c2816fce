// The three charts as Plotly traces and layouts: plain data in, {data, layout} out.

import { limit } from "./closed-form.js";
import { short } from "./data.js";

const FONT = '"Source Sans", sans-serif';
const FARTHEST = 1e30; // window widths; beyond, a browser's coordinates (float32) overflow
const PARABOLA = 200; // pieces it is drawn in
const BOX = [[-1, -1, -1], [1, -1, -1], [1, 1, -1], [-1, 1, -1], [-1, -1, -1], [-1, -1, 1],
  [1, -1, 1], [1, 1, 1], [-1, 1, 1], [-1, -1, 1], null, [1, -1, -1], [1, -1, 1], null,
  [1, 1, -1], [1, 1, 1], null, [-1, 1, -1], [-1, 1, 1]]; // one walk along all edges of a cube

export const CONFIG = {
  displaylogo: false, showSendToCloud: false, responsive: false, doubleClick: false, showTips: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "resetScale2d"],
};

/** The path of every run. What lies under it is drawn by the overlay. */
export function pathChart(data, view, hidden, exit) {
  const { theme } = data;
  const traces = data.runs.flatMap((run) => pathTraces(data, view, run, hidden, exit));
  const layout = base(theme, data.path.names[0], data.path.names[1]);
  layout.xaxis.range = [...view.window[0]]; // a copy: Plotly writes into it
  layout.yaxis.range = [...view.window[1]];
  if (view.kind === "space") {
    const none = { visible: false, fixedrange: true };
    Object.assign(layout.xaxis, none);
    Object.assign(layout.yaxis, none, { scaleanchor: "x" });
    Object.assign(layout, { dragmode: false, annotations: boxLabels(data, view), margin: { l: 8, r: 8, t: 0, b: 0 } });
  } else if (toScale(view)) {
    layout.yaxis.scaleanchor = "x";
  }
  return { data: traces, layout };
}

const MARGIN = { l: 72, r: 16, t: 10, b: 44 };

/** The view's window, widened so that a chart of this size, in pixels, has both axes to scale. */
export function spread(view, width, height) {
  if (!toScale(view)) return view.window;
  const sizes = [width - MARGIN.l - MARGIN.r, height - MARGIN.t - MARGIN.b];
  if (Math.min(...sizes) <= 0) return view.window; // not laid out yet
  const scale = Math.max(...view.window.map(([low, high], q) => (high - low) / sizes[q]));
  return view.window.map(([low, high], q) => {
    const middle = (low + high) / 2, half = (scale * sizes[q]) / 2;
    return [middle - half, middle + half];
  });
}

/** Whether both axes have one scale, as they do unless that would squash one of them. */
export function toScale(view) {
  const [across, up] = view.window.map(([low, high]) => high - low);
  return view.kind === "plane" && across / up > 0.2 && across / up < 5;
}

/** The loss of every run. */
export function lossChart(data, hidden) {
  const { theme, loss, spectrum, runs } = data;
  const floor = 10 ** loss.window[0];
  const traces = runs.map((run) => ({
    ...line(run, data, hidden), x: run.points, y: positive(run.losses, floor), customdata: run.losses,
    text: describedPlaces(data, run),
    hovertemplate: `${run.title}<br>k = %{x}<br>%{text}loss = %{customdata:.4g}<extra></extra>`,
  }));
  const layout = base(theme, "iteration k", "loss ½‖Ax − b‖²");
  layout.xaxis.range = [0, lastPoint(data)];
  Object.assign(layout.yaxis, {
    type: "log", range: [...loss.window], exponentformat: "power", dtick: ticks(loss.window),
  });
  const levels = [];
  if (spectrum.leastLoss > 0) {
    levels.push([spectrum.leastLoss, `smallest possible loss ${short(spectrum.leastLoss)}`, "top"]);
  }
  if (loss.zeros) levels.push([floor, "loss exactly 0", "bottom"]);
  Object.assign(layout, levelLines(levels, theme));
  return { data: traces, layout };
}

/** How far every run is from the first, against what one rounding of x can change. */
export function apartChart(data, hidden) {
  const { theme, rounding, runs } = data;
  const others = runs.slice(1);
  const largest = others.flatMap((run) => Array.from(run.apart)).filter((v) => v > 0 && v < Infinity);
  const exponents = [...largest, rounding].filter((v) => v > 0).map(Math.log10);
  const window = exponents.length
    ? [Math.floor(Math.min(...exponents)) - 1, Math.max(...exponents) + 1.2] : [-17, -14];
  const floor = 10 ** window[0];
  const traces = others.map((run) => ({
    ...line(run, data, hidden), x: run.apartPoints, customdata: run.apart,
    y: positive(run.apart, floor),
    hovertemplate: `${run.title}<br>k = %{x}<br>differs by %{customdata:.2g}<extra></extra>`,
  }));
  const layout = base(theme, "", "");
  layout.margin.t = 6;
  layout.xaxis.range = [0, lastPoint(data)];
  Object.assign(layout.yaxis, {
    type: "log", range: window, exponentformat: "power", fixedrange: true,
    dtick: round((window[1] - window[0]) / 3),
  });
  Object.assign(layout, levelLines(rounding > 0 ? [[rounding, "", "top"]] : [], theme));
  return { data: traces, layout };
}

/** Contours, the parabola, or the edges of the box, as one line with gaps on the chart's axes. */
export function ground(data, view) {
  const x = [], y = [];
  if (view.kind === "parabola") {
    const { singular, leastLoss } = data.spectrum, [end] = limit(data.spectrum);
    const [left, right] = view.window[0], margin = right - left; // so much may be seen beside it
    for (let i = 0; i <= 3 * PARABOLA; i += 1) {
      x.push(left - margin + (margin * i) / PARABOLA);
      y.push(leastLoss + 0.5 * (singular[0] ?? 0) ** 2 * (x[i] - end) ** 2);
    }
  } else if (view.kind === "space") {
    for (const corner of BOX) {
      const at = corner?.map((side, q) => data.path.window[q][(side + 1) / 2]);
      const on = at ? view.toChart(at, []) : { x: [NaN], y: [NaN] };
      x.push(...on.x);
      y.push(...on.y);
    }
  } else {
    for (let i = 0; i < data.path.lines.length; i += 2) {
      x.push(data.path.lines[i]);
      y.push(data.path.lines[i + 1]);
    }
  }
  return { x, y };
}

/** Losses as a log axis can show them: 0 on its lower edge. */
export function positive(values, floor) {
  return Array.from(values, (value) => (value > 0 ? value : floor));
}

/** One run's path; where it has left the window it goes on as a hairline that hides nothing. */
function pathTraces(data, view, run, hidden, exit) {
  const { inside, outside } = drawable(data, view, run, exit);
  const look = line(run, data, hidden);
  const hovertemplate = `${run.title}<br>k = %{customdata[0]}<br>%{customdata[2]}`
    + "loss = %{customdata[1]:.4g}<extra></extra>";
  const traces = [{ ...look, ...inside, hovertemplate, line: { ...look.line, width: look.line.width * 0.75 } }];
  if (outside.x.length) {
    traces.push({
      ...look, ...outside, hovertemplate, name: `${run.title}, outside`,
      line: { color: run.colour, width: 0.5 }, opacity: 0.6,
    });
  }
  return traces;
}

/** A run's points on the chart, up to the first outside the window and from there on. */
export function drawable(data, view, run, exit) {
  const { x, y } = view.toChart(run.places, run.losses);
  const widths = view.window.map(([low, high]) => FARTHEST * (high - low));
  let end = x.findIndex((value, i) => !(Math.abs(value) < widths[0] && Math.abs(y[i]) < widths[1]));
  if (end < 0) end = x.length;
  let left = exit === null ? end : run.points.findIndex((k) => k >= exit) + 1;
  if (left === 0) left = end;
  const texts = describedPlaces(data, run);
  const part = (from, to) => ({
    x: x.slice(from, to), y: y.slice(from, to),
    customdata: texts.slice(from, to).map((text, i) => [run.points[from + i], run.losses[from + i], text]),
  });
  return { inside: part(0, Math.min(left, end)), outside: left < end ? part(left - 1, end) : part(0, 0) };
}

/** "x₁ = 1.5, x₂ = -1.8<br>" for every point of a run. */
export function describedPlaces(data, run) {
  const names = data.view.n === 1 ? data.path.names.slice(0, 1) : data.path.names;
  return Array.from(run.points, (_, i) => `${names
    .map((name, q) => `${name} = ${short(run.places[i * names.length + q])}`).join(", ")}<br>`);
}

/** Which of a run's points carry its marker: a handful, each run's its own, because curves coincide. */
export function marked(count, order, among) {
  const spacing = Math.max(among, Math.floor(count / 4)), chosen = [];
  for (let i = Math.floor((order * spacing) / among); i < count; i += spacing) chosen.push(i);
  return chosen;
}

/** A run's stroke; a dash and a width of its own only matter where curves coincide. */
function line(run, data, hidden) {
  const alone = data.runs.length - hidden.size === 1;
  return {
    mode: "lines", name: run.title, visible: !hidden.has(run.key),
    line: {
      color: run.colour, width: alone ? Math.max(run.width, 4) : run.width,
      dash: alone ? "solid" : run.dash || "solid",
    },
  };
}

/** @param {[number, string, "top" | "bottom"][]} levels  each with its label and what the line is to it */
function levelLines(levels, theme) {
  return {
    shapes: levels.map(([level]) => ({
      type: "line", xref: "paper", x0: 0, x1: 1, y0: level, y1: level,
      line: { color: theme.ink, width: 1.5, dash: "4px,4px" },
    })),
    annotations: levels.map(([level, text, yanchor]) => ({
      text, x: 0, xref: "paper", y: Math.log10(level), showarrow: false, // placed by exponent
      xanchor: "left", yanchor, font: { color: theme.ink, size: 14 },
    })),
  };
}

/** Which coordinate the edges of the box stand for, and from where to where. */
function boxLabels(data, view) {
  const box = data.path.window, low = box.map(([least]) => least);
  const middle = box.map(([least, most]) => (least + most) / 2);
  return data.path.names.map((name, q) => {
    const at = low.map((edge, p) => (p === q ? middle[p] : edge));
    const { x, y } = view.toChart(at, []);
    return {
      x: x[0], y: y[0], showarrow: false, font: { color: data.theme.quiet, size: 14 },
      text: `${name}: ${short(box[q][0])} … ${short(box[q][1])}`, yshift: -12,
    };
  });
}

function base(theme, across, up) {
  const axis = (text) => ({
    gridcolor: theme.line, zeroline: false, linecolor: theme.line, ticks: "",
    tickfont: { color: theme.quiet, size: 14 },
    title: { text, font: { color: theme.quiet, size: 15 }, standoff: 6 },
  });
  return {
    margin: { ...MARGIN, b: across ? MARGIN.b : 24 },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false,
    font: { family: FONT, color: theme.ink, size: 14 },
    hoverlabel: {
      font: { family: FONT, size: 14, color: theme.ink }, bgcolor: theme.paper, bordercolor: theme.quiet,
    },
    hovermode: "closest",
    modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.quiet, activecolor: theme.ink },
    xaxis: axis(across), yaxis: axis(up), dragmode: "zoom",
  };
}

/** About six ticks whatever the window: whole decades, or 1, 2, 5 within few of them. */
function ticks([low, high]) {
  return high - low > 2.5 ? round((high - low) / 6) : "D2";
}

/** The next of 1, 2, 5, 10, 20, ... */
function round(step) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(step, 1)));
  return unit * [1, 2, 5, 10].find((times) => times * unit >= step);
}

/** The last k that any run came to, at least 1. */
function lastPoint({ runs }) {
  return Math.max(1, ...runs.map((run) => run.points.at(-1) ?? 0));
}
