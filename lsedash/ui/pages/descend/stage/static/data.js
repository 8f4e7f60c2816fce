// Unpacks what Python sends: arrays come as base64 of their float64.

/** @import { Data, Message, Packed, Run, Spectrum } from "../../../../js/types.d.ts" */

/** @param {string} text */
export function unpack(text) {
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return new Float64Array(bytes.buffer);
}

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

/** @param {Packed<Spectrum>} packed @returns {Spectrum} */
export function spectrum(packed) {
  const { singular, residual, rows, start } = packed;
  return {
    ...packed,
    singular: unpack(singular), residual: unpack(residual), rows: unpack(rows), start: unpack(start),
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
