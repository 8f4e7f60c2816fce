// From places along the view's directions to the path chart's two axes.
//   plane     as they are            (n >= 2, two coordinates or two modes)
//   parabola  x against its loss     (n = 1)
//   space     three, turned          (n = 3)

import { leavesAt } from "./closed-form.js";

/** @typedef {{turn: number, tilt: number}} Angles  in radians */

/**
 * @typedef {object} View
 * @property {"plane" | "parabola" | "space"} kind
 * @property {number[][]} window  lower and upper edge of the chart's two axes
 * @property {(places: ArrayLike<number>, losses: ArrayLike<number>) => {x: number[], y: number[]}} toChart
 * @property {(spectrum: object, rate: number, last: number, ranges: number[][]) => number | null} leavesAt
 */

/** @param {object} data  as decoded @param {Angles} angles @returns {View} */
export function viewOf(data, angles) {
  const window = data.path.window;
  if (data.view.n === 1) return parabola(window);
  return window.length === 3 ? space(window, angles) : plane(window);
}

function plane(window) {
  return {
    kind: "plane",
    window,
    toChart: (places) => ({ x: every(places, 2, 0), y: every(places, 2, 1) }),
    leavesAt,
  };
}

function parabola(window) {
  return {
    kind: "parabola",
    window,
    toChart: (places, losses) => ({ x: Array.from(places), y: Array.from(losses) }),
    leavesAt: (spectrum, rate, last, ranges) => leavesAt(spectrum, rate, last, ranges.slice(0, 1)),
  };
}

function space(box, angles) {
  const project = projection(box, angles);
  return {
    kind: "space",
    window: [[-1.8, 1.8], [-1.8, 1.8]],
    toChart: (places) => {
      const x = [], y = [];
      for (let i = 0; i < places.length; i += 3) {
        const [across, up] = project(places[i], places[i + 1], places[i + 2]);
        x.push(across);
        y.push(up);
      }
      return { x, y };
    },
    leavesAt: (spectrum, rate, last) => leavesAt(spectrum, rate, last, box),
  };
}

/** The box as the cube from -1 to 1, turned about its upright axis, tilted towards the eye. */
function projection(box, { turn, tilt }) {
  const [c, s, up, down] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  const scaled = (value, q) => (2 * value - box[q][0] - box[q][1]) / (box[q][1] - box[q][0]);
  return (a, b, z) => {
    const [p, q, r] = [scaled(a, 0), scaled(b, 1), scaled(z, 2)];
    return [c * p + s * q, up * r + down * (c * q - s * p)];
  };
}

function every(values, width, offset) {
  const result = [];
  for (let i = offset; i < values.length; i += width) result.push(values[i]);
  return result;
}
