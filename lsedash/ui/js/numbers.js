// Numbers: write them, round them, find them in a list.

const DIGITS = 4; // significant ones, for reading
const LONGEST_SHOWN = 8; // characters of a number in a field
const MOST_DIGITS = 17; // enough to tell any two floats apart

/**
 * A number for reading, as brief() in lsedash.text.words writes it: at most four significant digits,
 * an exponent below 0.0001 and from a million on.
 * @param {number} value
 */
export function short(value, digits = DIGITS) {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return String(value).replace("Infinity", "∞");
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e").map(Number);
  return exponent >= -4 && exponent < 6 ? String(rounded(value, digits)) : `${mantissa}e${exponent}`;
}

/** How a field shows a number that nobody is editing: a long one in few digits. @param {string} text */
export function shownText(text, digits = DIGITS) {
  return text.length > LONGEST_SHOWN && Number.isFinite(Number(text)) ? short(Number(text), digits) : text;
}

/** A number rounded to this many significant digits. @param {number} value @param {number} digits */
export function rounded(value, digits) {
  return Number(value.toPrecision(digits));
}

/** A number with no more digits than a relative precision needs. @param {number} value @param {number} precision */
export function tidy(value, precision) {
  return rounded(value, Math.min(Math.max(Math.ceil(-Math.log10(precision)) + 1, 2), 15));
}

/** Numbers in as few digits, from `digits` on, as tell different ones apart. @param {number[]} numbers */
export function toldApart(numbers, digits = DIGITS) {
  const different = new Set(numbers).size;
  for (let more = digits; ; more += 1) {
    const texts = numbers.map((value) => short(value, more));
    if (more >= MOST_DIGITS || new Set(texts).size >= different) return texts;
  }
}

/** @param {number} value @param {number} low @param {number} high */
export function within(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** The index of the last point at or before k; -1 if there is none. @param {ArrayLike<number>} points  ascending @param {number} k */
export function indexAt(points, k) {
  let low = -1, high = points.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle] <= k) low = middle;
    else high = middle;
  }
  return low;
}
