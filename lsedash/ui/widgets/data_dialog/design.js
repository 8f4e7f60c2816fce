// What the table becomes: the role of each column, constant, powers, standardising, and the system.

/** @import { DataView, Design, Say } from "./types.d.ts" */
import { html } from "../../js/elements.js";
import { choice, table } from "./readings.js";

/** @param {HTMLElement} place @param {DataView} data @param {Say} say */
export function drawDesign(place, { readings, design }, say) {
  if (!design) {
    place.replaceChildren();
    return;
  }
  const [reading] = readings;
  const roles = design.columns.map(({ role, offers }, i) =>
    choice(`role-${i}`, `What ${reading.titles[i]} is`, role, offers, (value) => say("role", { column: i, role: value })));
  place.replaceChildren(
    table(reading, roles),
    options(design, say),
    ...design.sentences.map((sentence) => html("p", { className: "data-remark" }, sentence)),
    html("p", { className: design.fault ? "data-fault" : "data-outcome", role: "status" }, design.fault || design.outcome),
  );
}

/** @param {Design} design @param {Say} say */
function options({ constant, power, mostPower, standardize }, say) {
  const change = (/** @type {object} */ changed) => say("options", { constant, power, standardize, ...changed });
  const powers = Array.from({ length: mostPower }, (_, i) => ({ value: String(i + 1), text: i ? `up to the power ${i + 1}` : "as they are" }));
  return html("div", { className: "data-options" },
    flag("constant", "A constant", "A column of ones, so that the line need not go through 0", constant, (on) => change({ constant: on })),
    html("label", {}, "Features ", choice("power", "Powers of the features", String(power), powers, (value) => change({ power: Number(value) }))),
    flag("standardize", "Standardise", "Take the mean of each feature away and divide by its standard deviation", standardize, (on) => change({ standardize: on })));
}

/**
 * @param {string} id @param {string} text @param {string} title @param {boolean} on
 * @param {(on: boolean) => void} turn
 */
function flag(id, text, title, on, turn) {
  const box = html("input", { type: "checkbox", checked: on });
  box.dataset.choice = id;
  box.onchange = () => turn(box.checked);
  return html("label", { title }, box, ` ${text}`);
}
