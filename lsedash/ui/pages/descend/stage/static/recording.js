// What a file has of the programs' runs, as lsedash.stage.recording stores it: a message for each view, and
// the columns of numbers that the messages name; and where a start that was moved in one view is in another.
// No DOM.

/** @import { Data, Message, Run, Spectrum, ViewKind } from "../../../../js/types.d.ts" */
import { unpack } from "../../../../js/packed.js";
import { decode } from "./data.js";

const LOWEST = -307; // the smallest power of ten of a normal float64

/** @typedef {"points" | "places" | "losses" | "apartPoints" | "apart"} Numbers */
/** @typedef {Omit<Run, Numbers> & Record<Numbers, number[] | null>} StoredRun  columns in place of numbers; null: those of the first run */
/** @typedef {Omit<Message["path"], "lines"> & {lines: number[]}} StoredPath */
/** @typedef {Omit<Message, "runs" | "ks" | "path"> & {runs: StoredRun[], ks: number[], path: StoredPath, directions: string | null}} Stored  directions: null for all coordinates */
/** @typedef {{message: Stored, views: Partial<Record<ViewKind, Partial<Omit<Stored, "runs">> & {runs: Partial<StoredRun>[]}>>, columns: [number, number][]}} Told */

export class Recording {
  /** @param {Told} told @param {Float64Array[]} columns */
  constructor(told, columns) {
    this.told = told;
    this.columns = columns;
  }

  /** What the stage is told in a view. @param {ViewKind} kind @returns {Data} */
  data(kind) {
    const { runs, ks, path, ...message } = this.#stored(kind);
    const data = decode({ ...message, ks: "", path: { ...path, lines: "" }, runs: [] });
    return { ...data, ks: this.#numbers(ks), path: { ...path, lines: this.#numbers(path.lines) }, runs: this.#runs(runs) };
  }

  /** Where a start ends up along the directions of a view if it is moved in the space of x. @param {ViewKind} kind @param {ArrayLike<number>} move */
  along(kind, move) {
    const { directions } = this.#stored(kind);
    if (directions === null) return Float64Array.from(move);
    const rows = unpack(directions), n = move.length;
    return Float64Array.from({ length: rows.length / n }, (_, q) => Array.from(move).reduce((sum, x, j) => sum + rows[q * n + j] * x, 0));
  }

  /** The move in the space of x, (n), of one along the directions of a view. @param {ViewKind} kind @param {ArrayLike<number>} move @param {number} n */
  spread(kind, move, n) {
    const { directions } = this.#stored(kind);
    if (directions === null) return Float64Array.from(move);
    const rows = unpack(directions);
    return Float64Array.from({ length: n }, (_, j) => Array.from(move).reduce((sum, along, q) => sum + rows[q * n + j] * along, 0));
  }

  /** @param {ViewKind} kind @returns {Stored} */
  #stored(kind) {
    const { message, views } = this.told, { runs = [], ...changes } = views[kind] ?? {};
    return { ...message, ...changes, runs: message.runs.map((run, i) => ({ ...run, ...runs[i] })) };
  }

  /** @param {StoredRun[]} stored @returns {Run[]} */
  #runs(stored) {
    const first = this.#numbers(stored[0]?.places ?? []);
    return stored.map((run, order) => ({
      ...run,
      points: this.#numbers(run.points), losses: this.#numbers(run.losses),
      places: run.places === null || order === 0 ? first : this.#numbers(run.places),
      apartPoints: this.#numbers(run.apartPoints), apart: this.#numbers(run.apart),
    }));
  }

  /** Columns side by side, row by row. @param {number[] | null} numbers */
  #numbers(numbers) {
    const columns = (numbers ?? []).map((number) => this.columns[number]), width = columns.length;
    return Float64Array.from({ length: width * (columns[0]?.length ?? 0) }, (_, i) => columns[i % width][Math.floor(i / width)]);
  }
}

/** The same descent from a start that was moved, as another view sees it. @param {Spectrum} moved  in any view @param {Spectrum} seen  the start that was not moved, in this view @param {ArrayLike<number>} move  along its directions @returns {Spectrum} */
export function carried(moved, seen, move) {
  return { ...seen, residual: moved.residual, start: seen.start.map((x, q) => x + move[q]) };
}

/** The window of the losses with room for a prediction: powers of ten. @param {number[]} window @param {ArrayLike<number>} losses */
export function widened([low, high], losses) {
  const drawn = Array.from(losses).filter((loss) => loss > 0 && loss < Infinity).map(Math.log10);
  return [Math.max(Math.min(low, Math.floor(Math.min(...drawn) - 0.1)), LOWEST), Math.max(high, Math.max(...drawn) + 0.4)];
}

/** Read a recording. @param {{told: string, numbers: string}} stored */
export async function read(stored) {
  const [text, bytes] = await Promise.all([inflated(stored.told), inflated(stored.numbers)]);
  const told = /** @type {Told} */ (JSON.parse(new TextDecoder().decode(text)));
  return new Recording(told, columnsOf(bytes, told.columns));
}

/** @param {string} text */
async function inflated(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The columns: the first bytes of all numbers come first, and each number is told as what differs from another one. @param {Uint8Array} bytes @param {[number, number][]} shapes @returns {Float64Array[]} */
export function columnsOf(bytes, shapes) {
  const count = bytes.length / 8, together = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) together[8 * (i % count) + Math.floor(i / count)] = bytes[i];
  let start = 0;
  /** @type {BigUint64Array[]} */
  const columns = [];
  for (const [length, first] of shapes) {
    const column = new BigUint64Array(together.buffer, 8 * start, length);
    for (let i = first < 0 ? 1 : 0; i < length; i += 1) column[i] ^= first < 0 ? column[i - 1] : columns[first][i];
    columns.push(column);
    start += length;
  }
  return columns.map(({ buffer, byteOffset, length }) => new Float64Array(buffer, byteOffset, length));
}
