// The words of a picture: its caption, its file's name, and words broken into lines. No DOM.

/** @import { Subject } from "./types.d.ts" */
import { short } from "./numbers.js";

/** @type {Record<string, string>} */
const LETTERS = { α: "alpha", β: "beta", λ: "lambda" };

/** "A = [2], b = [4] · α = 0.1 · N = 50": what was run. @param {Subject} subject */
export function captionOf({ system, rate, iterations }) {
  const parts = [system];
  if (rate !== null) parts.push(`α = ${short(rate)}`);
  if (iterations !== null) parts.push(`N = ${iterations}`);
  return parts.filter(Boolean).join(" · ");
}

/** "loss-alpha-0.1-50-iterations.png". @param {Subject} subject @param {string} format */
export function fileNameOf({ title, rate, iterations }, format) {
  const parts = [title];
  if (rate !== null) parts.push(`alpha ${short(rate)}`);
  if (iterations !== null) parts.push(`${iterations} iteration${iterations === 1 ? "" : "s"}`);
  return `${slug(parts.join(" "))}.${format}`;
}

/** A text in lower-case letters, digits and hyphens. @param {string} text */
function slug(text) {
  return text.replace(/[αβλ]/g, (letter) => `${LETTERS[letter]}`)
    .normalize("NFKD").toLowerCase()
    .replace(/(?<!\d)\.|\.(?!\d)/g, "")
    .replace(/[^a-z0-9.-]+/g, "-").replace(/^-+|-+$/g, "");
}

/**
 * Items side by side, in as many lines as they need; an item that is wider than a line has one of its own.
 * @template Item
 * @param {Item[]} items @param {(item: Item) => number} widthOf @param {number} gap @param {number} width  of a line
 * @returns {Item[][]}
 */
export function inLines(items, widthOf, gap, width) {
  /** @type {Item[][]} */
  const lines = [];
  let end = Infinity;
  for (const item of items) {
    end += gap + widthOf(item);
    if (end > width) {
      lines.push([]);
      end = widthOf(item);
    }
    lines[lines.length - 1].push(item);
  }
  return lines;
}
