// Projections from places along the view's directions to the path chart's two axes.
//   plane     two coordinates or two modes, unchanged   (n >= 2)
//   parabola  x against its loss                        (n = 1)
//   space     three coordinates, turned                 (n = 3)
// and the view Fit, which shows no path: fit-drawing.js draws it.

/** @import { Angles, Ranges, View } from "../../../../js/types.d.ts" */
import { leavesAt } from "../../../../js/closed-form.js";

const CUBE = [[-1.8, 1.8], [-1.8, 1.8]]; // room for the box at every angle

/**
 * @param {number} n  unknowns @param {Ranges} box  lower and upper edge of each direction @param {Angles} angles
 * @returns {View}
 */
export function viewOf(n, box, angles) {
  if (n === 1) return parabola(box);
  return box.length === 3 ? space(box, angles) : plane(box);
}

/** @param {Ranges} window @returns {View} */
export function fitView(window) {
  return { kind: "fit", box: window, window, toChart: () => ({ x: [], y: [] }), leavesAt: () => null };
}

/** Whether both axes have one scale; not if that would squash one of them. @param {View} view */
export function toScale(view) {
  const [across, up] = view.window.map(([low, high]) => high - low);
  return view.kind === "plane" && across / up > 0.2 && across / up < 5;
}

/** @param {Ranges} box @returns {View} */
function plane(box) {
  return {
    kind: "plane",
    box,
    window: box,
    toChart: (places) => ({ x: every(places, 2, 0), y: every(places, 2, 1) }),
    leavesAt,
  };
}

/** @param {Ranges} box @returns {View} */
function parabola(box) {
  return {
    kind: "parabola",
    box,
    window: box,
    toChart: (places, losses) => ({ x: Array.from(places), y: Array.from(losses) }),
    leavesAt: (spectrum, rate, last, ranges) => leavesAt(spectrum, rate, last, ranges.slice(0, 1)),
  };
}

/** @param {Ranges} box @param {Angles} angles @returns {View} */
function space(box, angles) {
  const project = projection(box, angles);
  return {
    kind: "space",
    box,
    window: CUBE,
    toChart: (places) => {
      /** @type {number[]} */
      const x = [];
      /** @type {number[]} */
      const y = [];
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

/**
 * The projection of the box, scaled to the cube from -1 to 1, turned about its upright axis and tilted
 * towards the eye.
 * @param {Ranges} box @param {Angles} angles
 */
function projection(box, { turn, tilt }) {
  const [c, s, up, down] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  const scaled = (/** @type {number} */ value, /** @type {number} */ q) => (2 * value - box[q][0] - box[q][1]) / (box[q][1] - box[q][0]);
  return (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ z) => {
    const [p, q, r] = [scaled(a, 0), scaled(b, 1), scaled(z, 2)];
    return [c * p + s * q, up * r + down * (c * q - s * p)];
  };
}

/** @param {ArrayLike<number>} values @param {number} width @param {number} offset */
function every(values, width, offset) {
  const result = [];
  for (let i = offset; i < values.length; i += width) result.push(values[i]);
  return result;
}
