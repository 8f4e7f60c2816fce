// The types of Fit, the view of the data.

/** What Fit draws: see FitData in lsedash.figures.fit. All matrices are row by row. */
export interface Fitted {
  axes: string[]; // the names of the two axes
  rows: Float64Array; // A, (m, n)
  right: Float64Array; // b, (m)
  across: Float64Array; // the position of each row, (m)
  grid: Float64Array; // the curve's positions; empty without a curve
  basis: Float64Array; // the columns of A there, (positions, n)
}
