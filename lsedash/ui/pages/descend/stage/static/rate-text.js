// Reads a learning rate that was typed where no Python reads it. No DOM.

const NUMBER = /^[+]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A decimal such as 0.2 or 2e-3, or a fraction such as 1/3; NaN for any other text. @param {string} text */
export function rateOf(text) {
  const parts = text.split("/").map((each) => each.trim());
  if (parts.length > 2 || !parts.every((each) => NUMBER.test(each))) return NaN;
  const [numerator, denominator = 1] = parts.map(Number);
  return numerator / denominator;
}
