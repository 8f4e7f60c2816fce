// The types of the prediction's data. Only the type checker reads this file.

import type { Head } from "../../js/types.d.ts";

/** One axis of a board. */
export interface Axis {
  name: string;
  low: number;
  high: number;
  log: boolean;
  ticks: [at: number, text: string][];
}

/** A curve of a program. */
export interface Curve {
  title: string;
  colour: string;
  dash: string;
  width: number;
  points: [number, number][];
}

/** What the programs did, beside the prediction. */
export interface Result {
  right: boolean | null; // null: nothing can be said
  words: string;
  choice: number; // the right answer, from 1; 0 if there is none
  mark: number[]; // the true rate or point; [] of a curve or an answer
  curves: Curve[];
}

export interface Shown {
  key: string; // of the question
  step: number; // on which the visitor is
  kind: "choices" | "rate" | "point" | "curve";
  question: string;
  choices: string[];
  axes: Axis[]; // none of choices, one of a rate, two of a point or a curve
  given: [number, number][]; // points that the question gives
  ks: number[]; // the iterations of a curve's handles
  choice: number; // of the guess; 0 if there is none
  numbers: number[]; // of the guess
  result: Result | null; // null while the question waits for an answer
}

export type PredictionData = Shown & { line: Head };

/** What the visitor has put so far. */
export interface Draft {
  choice: number;
  numbers: number[]; // a rate, a point, or the loss at each of `ks`
  touched: boolean;
}
