// A prediction: choose an answer, put a mark or draw a curve, before any result is shown; and afterwards
// the same as a ghost beside what the programs did. What is put is kept here until it is handed in.

/** @import { Component } from "../../js/types.d.ts" */
/** @import { Draft, PredictionData, Shown } from "./types.d.ts" */
import { html, part } from "../../js/elements.js";
import { nextStep } from "../../js/next-step.js";
import { outboxOf } from "../../js/outbox.js";
import { choiceList, seenChoices } from "./choices.js";
import { curveBoard, curveNumbers, seenCurve } from "./curve.js";
import { markBoard, seenMark } from "./marks.js";

const outbox = outboxOf("prediction");
const ASKS = { choices: choiceList, rate: markBoard, point: markBoard, curve: curveBoard };
const SHOWS = { choices: seenChoices, rate: seenMark, point: seenMark, curve: seenCurve };
const HOW = {
  choices: "",
  rate: "Click on the axis, use the arrow keys, or type.",
  point: "Click into the plane, use the arrow keys, or type.",
  curve: "Draw with the pointer, or move the points: Up and Down, and Tab to the next one.",
};

/** What was put, by question. @type {Map<string, Draft>} */
const drafts = new Map();

/** @type {WeakMap<HTMLElement, string>} */
const drawn = new WeakMap();

/** @param {Component<PredictionData>} component */
export function update(component) {
  const box = part(component.parentElement, ".prediction"), { line: _, ...data } = component.data;
  outbox.hear(component);
  const text = JSON.stringify(data);
  if (drawn.get(box) === text) {
    enable(box, data);
    return;
  }
  drawn.set(box, text);
  box.dataset.state = data.result ? "seen" : "asks";
  box.replaceChildren(...(data.result ? seen(data) : asked(box, data)));
}

/** @param {Shown} data */
function draftOf({ key }) {
  const draft = drafts.get(key) ?? { choice: 0, numbers: [], touched: false };
  drafts.set(key, draft);
  return draft;
}

/** @param {HTMLElement} box @param {Shown} data */
function asked(box, data) {
  const draft = draftOf(data), how = HOW[data.kind];
  const button = html("button", { type: "button", className: "hand-in" }, "This is my prediction");
  const group = html("fieldset", {}, html("legend", {}, data.question), ...ASKS[data.kind](data, draft, () => enable(box, data)));
  button.onclick = () => {
    const numbers = data.kind === "curve" ? curveNumbers(data, draft) : draft.numbers;
    outbox.say("guess", { step: data.step, choice: draft.choice, numbers: data.kind === "choices" ? [] : numbers });
    nextStep.isAwaited = true;
    enable(box, data);
  };
  button.disabled = !draft.touched;
  return [group, ...(how ? [html("p", { className: "how" }, how)] : []), button];
}

/** Allow to hand in what is put. @param {HTMLElement} box @param {Shown} data */
function enable(box, data) {
  const button = box.querySelector(".hand-in");
  if (button instanceof HTMLButtonElement) button.disabled = !draftOf(data).touched || outbox.waits("guess");
}

/** @param {Shown} data */
function seen(data) {
  drafts.delete(data.key);
  return [...SHOWS[data.kind](data), html("p", { className: "verdict", role: "status" }, data.result?.words ?? "")];
}
