// The camera of the 3-D view in a link: "-34,23", its turn and its tilt in whole degrees.

/** @import { Angles } from "../../../../js/types.d.ts" */

const DEGREE = Math.PI / 180;

/** @param {string} text @returns {Angles} */
export function readCamera(text) {
  const [turn, tilt] = text.split(",").map((degrees) => Number(degrees) * DEGREE);
  return { turn, tilt };
}

/** @param {Angles} angles */
export function cameraText({ turn, tilt }) {
  const once = Math.atan2(Math.sin(turn), Math.cos(turn)); // the same turn, at most half a circle
  return [once, tilt].map((angle) => Math.round(angle / DEGREE) + 0).join();
}
