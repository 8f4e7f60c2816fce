// The bar over every page while a lesson runs. Python says what it shows; *Show me* comes after a minute,
// too. After a step the focus is on the new step's words.

/** @import { Component, Head } from "../../js/types.d.ts" */
import { html, part } from "../../js/elements.js";
import { nextStep } from "../../js/next-step.js";
import { outboxOf } from "../../js/outbox.js";

/**
 * See `Bar` in Python.
 * @typedef {object} Bar
 * @property {string} key @property {string} title @property {number} step @property {number} steps
 * @property {string} kind @property {string} text @property {string} said @property {boolean} passed
 * @property {string[]} hints @property {boolean} more_hints @property {boolean} has_goal
 * @property {boolean} offers_showing @property {boolean} answered @property {boolean} open
 * @property {boolean} ended @property {string} next_lesson
 */

const MINUTE = 60_000; // milliseconds
const outbox = outboxOf("lesson_bar");

/** When each step was first shown, in milliseconds. @type {Map<string, number>} */
const since = new Map();

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {Component<Bar & {line: Head}>} component */
export function update(component) {
  const { parentElement, data: bar } = component, root = part(parentElement, ".lesson-bar");
  outbox.hear(component);
  const shown = `${bar.key} ${bar.answered}`, isNew = root.dataset.shown !== shown;
  root.dataset.shown = shown;
  if (!since.has(bar.key)) since.set(bar.key, performance.now());
  draw(root, bar);
  if (isNew && nextStep.isAwaited) {
    part(root, ".lesson-text").focus({ preventScroll: true });
    root.scrollIntoView({ block: "nearest" });
    nextStep.isAwaited = false;
  }
}

export function leave() {
  clearTimeout(timer);
}

/** @param {HTMLElement} root @param {Bar} bar */
function draw(root, bar) {
  root.ariaLabel = `Lesson: ${bar.title}`;
  root.dataset.passed = String(bar.passed);
  part(root, ".lesson-title").textContent = bar.title;
  part(root, ".lesson-kind").textContent = bar.ended ? "finished" : `${bar.kind}, step ${bar.step} of ${bar.steps}`;
  setText(part(root, ".lesson-text"), bar.text);
  part(root, ".dots").replaceChildren(...Array.from({ length: bar.steps }, (_, i) => dot(i + 1, bar.step)));
  say(part(root, ".lesson-said"), [bar.said, ...bar.hints.map((hint, i) => `Hint ${i + 1}: ${hint}`)].filter(Boolean));
  const waited = performance.now() - (since.get(bar.key) ?? 0);
  const offersShowing = bar.has_goal && !bar.passed && (bar.offers_showing || waited >= MINUTE);
  clearTimeout(timer);
  if (bar.has_goal && !bar.passed && !offersShowing) timer = setTimeout(() => draw(root, bar), MINUTE - waited);
  const isShown = {
    again: bar.step > 1, leave: true, back: bar.step > 1, hint: bar.more_hints && !bar.passed, show: offersShowing,
    "guess again": bar.answered, skip: !bar.open && !bar.ended, lessons: bar.ended, next: !bar.ended,
    "next lesson": bar.ended && bar.next_lesson !== "",
  };
  for (const [name, shown] of Object.entries(isShown)) {
    const button = part(root, `[data-do="${name}"]`, HTMLButtonElement);
    button.hidden = !shown;
    button.onclick = () => press(name, bar);
  }
  const next = part(root, '[data-do="next"]', HTMLButtonElement);
  next.disabled = !bar.open;
  setText(next, bar.step === bar.steps ? "Finish" : "Next");
  setText(part(root, '[data-do="next lesson"]'), `Next lesson: ${bar.next_lesson}`);
}

/** @param {string} name @param {Bar} bar */
function press(name, bar) {
  nextStep.isAwaited = !["hint", "leave", "show"].includes(name);
  outbox.say("press", { do: name, step: bar.step });
}

/** @param {number} number @param {number} now */
function dot(number, now) {
  return html("i", { className: number < now ? "past" : number === now ? "now" : "" });
}

/** Say some sentences, if they are others than those that are said. @param {HTMLElement} box @param {string[]} sentences */
function say(box, sentences) {
  const text = sentences.join("\n");
  if (box.dataset.text === text) return;
  box.dataset.text = text;
  box.replaceChildren(...sentences.map((sentence) => html("p", {}, sentence)));
}

/** @param {HTMLElement} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
