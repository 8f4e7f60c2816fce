// Numbers as Python sends them, to the last bit: base64 of their float64.

/** @import { Packed, Spectrum } from "./types.d.ts" */

/** @param {string} text */
export function unpack(text) {
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return new Float64Array(bytes.buffer);
}

/** @param {Packed<Spectrum>} packed @returns {Spectrum} */
export function spectrum(packed) {
  const { singular, residual, rows, start } = packed;
  return {
    ...packed,
    singular: unpack(singular), residual: unpack(residual), rows: unpack(rows), start: unpack(start),
  };
}
