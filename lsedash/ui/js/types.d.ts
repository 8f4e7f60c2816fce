// The types of the data in our JavaScript. Only the type checker reads this file.

export type * from "./plotly.d.ts";

/** What Streamlit hands to a component at every update. */
export interface Component<Data = unknown> {
  data: Data;
  parentElement: HTMLElement;
  setStateValue(name: string, value: unknown): void;
  setTriggerValue(name: string, value: unknown): void;
}

/** A module that the loader fetches. */
export interface ComponentModule {
  update(component: Component): void;
  leave?(parentElement: HTMLElement): void;
}

/** Lower and upper edge of each axis or direction. */
export type Ranges = number[][];

/** Points on a chart's two axes. */
export interface Line {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

/** The data of descent from one start, seen along d directions; r is the rank. */
export interface Spectrum {
  singular: Float64Array; // singular values that are not 0, (r)
  residual: Float64Array; // the start's residual along the left singular vectors, d = S c, (r)
  rows: Float64Array; // the directions times V, (d, r) row by row
  start: Float64Array; // the start along the directions, (d)
  leastLoss: number; // the smallest possible loss, as it is spoken
  lossFactor?: number; // of a spoken loss, in ours; 1 if left out
  rounding: number; // a loss in ours above the smallest possible one by so little is there to rounding
}

/** Iterates along the directions, (k, d) row by row, and their losses, (k). */
export interface Descent {
  places: Float64Array;
  losses: Float64Array;
}

/** One program's run as it is drawn. */
export interface Run extends Descent {
  key: string;
  title: string;
  colour: string;
  dash: string; // in pixels, as SVG and Plotly take it; "" is a solid line
  symbol: string; // as Plotly names it
  width: number;
  points: Float64Array; // the k of each point drawn
  apartPoints: Float64Array; // the k of the points that the first run has too
  apart: Float64Array; // max |x - x of the first run| at each of these points
}

/** The convention for the loss in which rates and losses are spoken: alpha = rate * times / divisor. */
export interface Spoken {
  key: string;
  times: number; // 1 or 2
  divisor: number; // m if the loss is divided by it, else 1
  divides: boolean;
  lossName: string; // of an axis
  choices: Record<string, string>; // the names of all conventions, by key
}

/** The learning rates that have a name, in ours, and lambda_max. */
export interface Marks {
  top: number;
  optimal: number;
  edge: number;
}

/** The names of the two rates to choose, and why they differ. */
export interface RateNames {
  longRun: string;
  best: string;
  short: string[]; // the same two names where there is little room
  why: string;
}

/** The view of the path chart, and the views to choose from. */
export interface ViewChoice {
  kind: ViewKind;
  across: number;
  up: number;
}

export type ViewKind = "coordinates" | "modes" | "space" | "fit" | "rows";

export interface ViewChoices extends ViewChoice {
  kinds: ViewKind[];
  fixed?: boolean; // in a file: other coordinates cannot be chosen
  n: number;
  coordinates: string[];
}

export interface Theme {
  ink: string;
  quiet: string;
  line: string;
  contour: string;
  paper: string;
  good: string;
  bad: string;
  letters?: number; // how many times as large as usual those of charts are; 1 if left out
}

/** The message from Python to the stage, its arrays unpacked. */
export interface Data extends Conversation {
  fit: string; // stands for the system and the view; the axes stay while it is the same
  rate: { text: string; fault: string | null; follows: boolean; value: number }; // text as spoken, value in ours
  spoken: Spoken;
  marks: Marks | null; // null for A = 0, which has no edge
  rateNames: RateNames;
  regimes: Record<ModeKind, string>; // a sentence for each kind of the steepest mode
  iterations: number;
  system: string; // A, b and what else is not as usual, for the captions of pictures
  ks: Float64Array; // the iterations at which a preview is drawn
  spectrum: Spectrum;
  path: { names: string[]; full?: string[]; window: Ranges; lines: Float64Array }; // full: not shortened
  fitted: import("./fit.d.ts").Fitted | null; // null but in the view Fit
  lines: import("./fit.d.ts").RowLines | null; // null but in the view Rows
  view: ViewChoices;
  loss: { window: number[]; zeros: boolean; rounding: number }; // a loss up to this is 0 to rounding
  rounding: number; // what one rounding of x can change
  dtype: string;
  runs: Run[];
  verdict: { checked: boolean; verified: boolean; difference: number | null; text: string };
  table: string;
  recorded?: string; // in a file: what ran when it was made
  absent: string[]; // titles of the programs that are not run
  linked: boolean; // whether the address says anything
  themes: { light: Theme; dark: Theme };
  kept: KeptTexts;
}

export type ModeKind = "frozen" | "monotone" | "one-step" | "oscillating" | "undamped" | "diverging";

/** The same before unpacking: arrays are base64 of their float64. */
export type Packed<T> = { [K in keyof T]: T[K] extends Float64Array ? string : T[K] };

export type Message = Omit<Data, "ks" | "spectrum" | "path" | "fitted" | "lines" | "runs"> & {
  ks: string;
  spectrum: Packed<Spectrum>;
  path: Packed<Data["path"]>;
  fitted: Packed<import("./fit.d.ts").Fitted> | null;
  lines: Packed<import("./fit.d.ts").RowLines> | null;
  runs: (Omit<Packed<Run>, "places"> & { places: string | null })[]; // null: those of the first run
};

/** What every component that says something is told: the session, and the last message of its that was heard. */
export interface Head {
  session: string;
  heard: number;
}

/** The head of a message to the stage: see `Head`, and the message's own number. */
export interface Conversation {
  line: Head;
  serial: number;
  opened: number; // how many times a link was opened
}

/** What a link keeps of a playback, each as its text. */
export interface KeptPlayback {
  k: string; // "" for the last point
  speed: string;
}

/** What the link keeps of the stage. */
export interface KeptTexts extends KeptPlayback {
  hide: string; // keys of the hidden programs; "" or "none" if there are none
  camera: string;
  residuals: string; // "1" if Fit and Rows show them
}

/** A projection from places along the directions to the path chart's two axes. */
export interface View {
  kind: "plane" | "parabola" | "space" | "fit";
  box: Ranges; // lower and upper edge of each direction
  window: Ranges; // lower and upper edge of the chart's two axes
  toChart(places: ArrayLike<number>, losses: ArrayLike<number>): { x: number[]; y: number[] };
  leavesAt(spectrum: Spectrum, rate: number, last: number, window: Ranges): number | null;
}

export interface Angles {
  turn: number; // radians about the upright axis
  tilt: number; // radians towards the eye
}

/** What the stage shows: a preview, old results while it waits, a prediction that stays, or the programs' results. */
export type StageState = "preview" | "waiting" | "prediction" | "verified" | "disagrees";

/** What a visitor asks of the stage's host, by name. */
export interface Questions {
  rate: { text: string; loss: string };
  start: { place: number[]; n: number; view: ViewChoice };
  view: ViewChoice;
  follow: { follows: boolean };
  loss: { key: string };
}

/** The part of a host that takes what the visitor asks for. */
export interface RequestTaker {
  readonly waiting: boolean; // whether an answer is to come
  readonly kept: Partial<KeptTexts>; // what was reported and is not known yet
  unanswered<Name extends keyof Questions>(name: Name): Questions[Name] | undefined;
  ask<Name extends keyof Questions>(name: Name, value: Questions[Name]): void;
  report(texts: Partial<KeptTexts>): void;
}

/** What shows a stage: the dashboard, or a file. */
export interface Host {
  Plotly: import("./plotly.d.ts").PlotlyLibrary;
  content: string; // stage.html
  data: Data; // what is shown first
  requests: RequestTaker;
  runs: boolean; // whether the programs can be run
}

/** A point on a chart with its colour and marker. */
export interface Spot {
  x: number;
  y: number;
  colour: string;
  symbol?: string;
}

/** All that the drawings over and under the charts depend on. */
export interface Scene {
  data: Data;
  theme: Theme;
  view: View;
  hidden: Set<string>; // keys of the programs that are not shown
  left: number | null; // the k at which the programs' path leaves the window
  spectrum: Spectrum; // of the start that is shown, which may be a dragged one
  rate: number;
  previewed: boolean;
  trail: boolean; // whether the curve up to the playback's k stands out
  residuals: boolean; // whether Fit and Rows show them
}

/** The area between a chart's axes, in pixels of the chart, with conversions to and from data. */
export interface PlotArea {
  left: number;
  top: number;
  width: number;
  height: number;
  across(x: number): number;
  up(y: number): number;
  back(x: number, y: number): number[];
}

/** What a chart shows, for the words of a picture of it. */
export interface Subject {
  title: string; // in the file's name
  heading: string; // on the picture; "" if the chart has one itself
  system: string; // A, b and what else is not as usual
  rate: number | null; // null if the chart does not show one rate
  iterations: number | null; // null if the chart does not depend on them
}

/** An entry of a legend that is added to a picture: a line with the attributes of SVG. */
export interface LegendEntry {
  name: string;
  stroke: Record<string, string | number>;
}
