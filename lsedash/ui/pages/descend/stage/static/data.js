// Unpacks what Python sends: arrays come as base64 of their float64.

/** @import { Data, Message, Packed, Run } from "../../../../js/types.d.ts" */
import { spectrum, unpack } from "../../../../js/packed.js";

/** A message of payload.py with its arrays unpacked. @param {Message} message @returns {Data} */
export function decode(message) {
  return {
    ...message,
    ks: unpack(message.ks),
    spectrum: spectrum(message.spectrum),
    path: { ...message.path, lines: unpack(message.path.lines) },
    runs: message.runs.map(run),
  };
}

/** @param {Packed<Run>} packed @returns {Run} */
function run(packed) {
  const { points, places, losses, apartPoints, apart } = packed;
  return {
    ...packed,
    points: unpack(points), places: unpack(places), losses: unpack(losses),
    apartPoints: unpack(apartPoints), apart: unpack(apart),
  };
}
