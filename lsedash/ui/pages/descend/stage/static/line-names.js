// The names of lines on the path chart.

/** @import { Line } from "../../../../js/types.d.ts" */
/** @import { Drawing } from "./drawing.js" */
/** @import { Spelt } from "./labels.js" */
import { svg } from "../../../../js/elements.js";
import { isInside } from "../../../../js/strokes.js";

/**
 * Write the name of a line beside it, near its right end.
 * @param {Drawing} drawing @param {SVGElement} names  the group of names @param {string} text @param {Line} line
 */
export function nameLine(drawing, names, text, line) {
  const words = svg("text"), { area } = drawing;
  words.textContent = text;
  const points = Array.from(line.x, (at, i) => [area.across(at), area.up(line.y[i])])
    .filter(([x, y]) => isInside(area, x, y)).reverse();
  if (points.length < 2) return;
  names.append(words);
  drawing.write(text, words, points.slice(1).flatMap((point, i) => beside(point, points[i])));
}

/** The places above and below a point of a line, on the sides away from the line. @param {number[]} point @param {number[]} next  to its right @returns {Spelt[]} */
function beside([x, y], [, nextY]) {
  return nextY < y ? [[x - 6, y - 10, "end"], [x + 10, y + 18, "start"]] : [[x + 6, y - 10, "start"], [x - 10, y + 18, "end"]];
}
