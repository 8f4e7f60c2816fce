// The types of Fit, the view of the data, and of Rows.

/** What Fit draws: see FitData in lsedash.figures.fit. All matrices are row by row. */
export interface Fitted {
  axes: string[]; // the names of the two axes
  rows: Float64Array; // A, (m, n)
  right: Float64Array; // b, (m)
  across: Float64Array; // the position of each row, (m)
  grid: Float64Array; // the curve's positions; empty without a curve
  basis: Float64Array; // the columns of A there, (positions, n)
  labels: string[]; // the rows' names; none if they have none
}

/** What Rows draws: see RowLines in lsedash.figures.rows. */
export interface RowLines {
  rows: Float64Array; // of each line, its row of A, (lines, 2) row by row
  right: Float64Array; // and its entry of b
  names: string[]; // "row 2", or the row's label
  equations: string[]; // "2: x₁ − 3x₂ = 4"
}
