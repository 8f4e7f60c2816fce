// The run before the last change of the rate. It stays drawn, faint and under all else, while the page is presented.

/** @import { Data, Run, Scene } from "../../../../js/types.d.ts" */
/** @import { Drawings } from "./scene.js" */
import { drawable, positive } from "./curves.js";
import { longestRun } from "./scene.js";

/** The run, and its rate as it was spoken. @typedef {{run: Run, rate: string}} Ghost */

/**
 * The ghost once Python has sent new data: the former run if nothing but the rate has changed, none if anything
 * else has, and the same ghost if nothing has.
 * @param {Data} former @param {Data} now @param {Ghost | null} ghost @returns {Ghost | null}
 */
export function ghostAfter(former, now, ghost) {
  if (comparable(former) !== comparable(now)) return null;
  if (former.rate.value === now.rate.value) return ghost;
  return { run: longestRun(former), rate: former.rate.text };
}

/** What two runs must share so that both can be drawn on the same axes. @param {Data} data */
function comparable({ fit, dtype, iterations, spoken, spectrum: { start, residual } }) {
  return JSON.stringify([fit, dtype, iterations, spoken.key, ...start, ...residual]);
}

/** Draw the ghost, or none. @param {Drawings} drawings @param {Scene} scene @param {Ghost | null} ghost */
export function traceGhost({ path, loss }, { data, view }, ghost) {
  if (!ghost) {
    for (const drawing of [path, loss]) drawing.drawGhost({ x: [], y: [] }, "", []);
    return;
  }
  const { run, rate } = ghost, losses = positive(run.losses, 10 ** data.loss.window[0]);
  path.drawGhost(view.kind === "fit" ? { x: [], y: [] } : drawable(data, view, run, null).inside, "", []);
  loss.drawGhost({ x: run.points, y: losses }, `before: ${rate}`, spotsAlong(loss, run.points, losses));
}

/** Places beside a curve, from its middle to its end and back to its start. @param {Drawings["loss"]} loss @param {ArrayLike<number>} ks @param {number[]} losses */
function spotsAlong({ area: { across, up }, letters }, ks, losses) {
  return [0.6, 0.75, 0.45, 0.9, 0.3, 0.15].flatMap((share) => {
    const i = Math.round(share * (losses.length - 1)), x = across(ks[i]), y = up(losses[i]);
    return /** @type {import("./labels.js").Spelt[]} */ ([[x, y - 10, "start"], [x, y + 18 * letters, "end"]]);
  });
}
