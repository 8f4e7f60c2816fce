// Unpacks what Python sends: arrays come as base64 of their float64.

/** @import { Data, Message, Packed, Run } from "../../../../js/types.d.ts" */
/** @import { Fitted, RowLines } from "../../../../js/fit.d.ts" */
import { spectrum, unpack } from "../../../../js/packed.js";

/** A message of payload.py with its arrays unpacked. @param {Message} message @returns {Data} */
export function decode(message) {
  return {
    ...message,
    ks: unpack(message.ks),
    spectrum: spectrum(message.spectrum),
    path: { ...message.path, lines: unpack(message.path.lines) },
    fitted: message.fitted && fitted(message.fitted),
    lines: message.lines && lines(message.lines),
    runs: runs(message.runs),
  };
}

/** @param {Packed<Fitted>} packed @returns {Fitted} */
function fitted(packed) {
  const { rows, right, across, grid, basis } = packed;
  return {
    ...packed,
    rows: unpack(rows), right: unpack(right), across: unpack(across), grid: unpack(grid), basis: unpack(basis),
  };
}

/** @param {Packed<RowLines>} packed @returns {RowLines} */
function lines(packed) {
  return { ...packed, rows: unpack(packed.rows), right: unpack(packed.right) };
}

/** The runs; one that looks like the first has its places. @param {Message["runs"]} packed @returns {Run[]} */
function runs(packed) {
  const first = unpack(packed[0]?.places ?? "");
  return packed.map((run, order) => ({
    ...run,
    points: unpack(run.points), places: run.places === null || order === 0 ? first : unpack(run.places),
    losses: unpack(run.losses), apartPoints: unpack(run.apartPoints), apart: unpack(run.apart),
  }));
}
