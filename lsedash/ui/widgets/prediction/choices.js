// Answers to choose from, and afterwards which was chosen and which is right.

/** @import { Draft, Shown } from "./types.d.ts" */
import { html } from "../../js/elements.js";

/** @param {Shown} data @param {Draft} draft @param {() => void} changed @returns {HTMLElement[]} */
export function choiceList({ key, choices }, draft, changed) {
  return choices.map((text, i) => {
    const input = html("input", { type: "radio", name: `guess ${key}`, value: String(i + 1), checked: draft.choice === i + 1 });
    input.addEventListener("change", () => {
      Object.assign(draft, { choice: i + 1, touched: true });
      changed();
    });
    return html("label", { className: "choice" }, input, html("span", {}, text));
  });
}

/** @param {Shown} data @returns {HTMLElement[]} */
export function seenChoices({ choices, choice, result }) {
  return choices.flatMap((text, i) => {
    const mine = choice === i + 1, right = result?.choice === i + 1;
    if (!(mine || right)) return [];
    const signs = [mine && "your guess", right && "the programs"].filter(Boolean).join(", ");
    return [html("p", { className: `choice seen${mine ? " ghost" : ""}${right ? " true" : ""}` }, html("b", {}, signs), html("span", {}, text))];
  });
}
