// The types of what Python says of a visitor's table. Only the type checker reads this file.

import type { Head } from "../../js/types.d.ts";

/** One value of a choice, and how it is said. */
export interface Offer {
  value: string;
  text: string;
}

/** A piece of the sentence about a reading; without offers it is only text. */
export interface Part {
  field: string;
  text: string;
  before: string; // the punctuation before it
  value: string;
  offers: Offer[];
}

/** One way to understand the text. */
export interface Reading {
  parts: Part[];
  titles: string[];
  rows: string[][]; // the first ones
  more: number; // rows that are not shown
}

/** What a column is used for. */
export interface Column {
  role: string;
  offers: Offer[];
}

/** What would become the experiment. */
export interface Design {
  columns: Column[];
  constant: boolean;
  standardize: boolean;
  power: number;
  mostPower: number;
  sentences: string[];
  outcome: string;
  fault: string; // why it cannot be used; "" if it can
}

export interface DataView {
  line: Head;
  most: number; // bytes of a file
  used: number; // how many tables have become the experiment
  brought: boolean;
  name: string; // of the file
  fault: string; // why nothing can be read; "" if something can
  readings: Reading[]; // several if they differ and the visitor has to choose
  design: Design | null;
}

export type Say = (name: string, content: unknown) => void;
