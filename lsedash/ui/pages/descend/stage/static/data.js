// What Python sends, unpacked: arrays travel as base64 of their float64.

/** @typedef {import("./closed-form.js").Spectrum} Spectrum */

/**
 * One program's run as it is drawn.
 * @typedef {object} Run
 * @property {string} key @property {string} title
 * @property {string} colour @property {string} dash @property {string} symbol @property {number} width
 * @property {Float64Array} points       the k of each point drawn
 * @property {Float64Array} places       where it is along the view's directions, (points, d)
 * @property {Float64Array} losses       the loss there
 * @property {Float64Array} apartPoints  the k of each point that the first run has too
 * @property {Float64Array} apart        max |x - x of the first run| there
 */

/** @param {string} text @returns {Float64Array} */
export function unpack(text) {
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return new Float64Array(bytes.buffer);
}

/** The message of lsedash/ui/stage/payload.py with its arrays as arrays. */
export function decode(message) {
  const unpacked = (part, names) => Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, names.includes(name) ? unpack(value) : value]),
  );
  return {
    ...message,
    ks: unpack(message.ks),
    spectrum: unpacked(message.spectrum, ["singular", "residual", "rows", "start"]),
    path: unpacked(message.path, ["lines"]),
    runs: message.runs.map((run) => unpacked(run, ["points", "places", "losses", "apartPoints", "apart"])),
  };
}

/** A number for reading: four significant digits. @param {number} value */
export function short(value) {
  if (value === 0 || !Number.isFinite(value)) return String(value).replace("Infinity", "∞");
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(3);
}

/** The index of the last point that is not behind k; -1 if there is none. */
export function indexAt(points, k) {
  let low = -1, high = points.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle] <= k) low = middle;
    else high = middle;
  }
  return low;
}
