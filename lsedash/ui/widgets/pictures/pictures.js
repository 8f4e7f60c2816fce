// Buttons on every chart that Streamlit draws and that tells its subject.

/** @import { Component, Subject } from "../../js/types.d.ts" */
import { part } from "../../js/elements.js";
import { plotIn } from "../../js/overlay.js";
import { boxOf, chartsIn, mainOf } from "../../js/page.js";
import { pictureButtons } from "../../js/picture-buttons.js";

/** @type {WeakMap<HTMLElement, MutationObserver>} */
const observers = new WeakMap();

/** @param {Component} component */
export function update({ parentElement }) {
  const root = part(parentElement, ".pictures"), main = mainOf(root);
  if (!main || observers.has(root)) return;
  let waiting = 0;
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => chartsIn(main).forEach(addButtons));
  });
  observers.set(root, observer);
  observer.observe(main, { childList: true, subtree: true });
  chartsIn(main).forEach(addButtons);
}

/** @param {HTMLElement} parentElement */
export function leave(parentElement) {
  const root = part(parentElement, ".pictures");
  observers.get(root)?.disconnect();
  observers.delete(root);
}

/** Give a chart its buttons, unless it has them. (Streamlit may show another chart in the same box.) @param {HTMLElement} chart */
function addButtons(chart) {
  const subject = subjectOf(chart), box = boxOf(chart), buttons = box?.querySelector(":scope > .picture-buttons");
  const name = subject && `${subject.title} chart`;
  if (!box || buttons?.getAttribute("data-name") === name) return;
  buttons?.remove();
  if (!name) return;
  box.append(pictureButtons(name, () => {
    const now = subjectOf(chart);
    return now && { chart, subject: now };
  }));
}

/** What a chart shows; null until it is drawn. @param {HTMLElement} chart @returns {Subject | null} */
function subjectOf(chart) {
  const plot = /** @type {{layout?: {meta?: {subject?: Subject}}} | null} */ (/** @type {unknown} */ (plotIn(chart)));
  if (plot) return plot.layout?.meta?.subject ?? null;
  const told = chart.querySelector("svg") && boxOf(chart)?.parentElement?.querySelector("[data-subject]");
  return told ? JSON.parse(told.getAttribute("data-subject") ?? "null") : null;
}
