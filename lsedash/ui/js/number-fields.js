// The number fields of Streamlit, which take what they can of a text without a word: of 1e1 the 1, of 1e999 nothing.
// Here a text that does not fit stays in its field, with a sentence below, and goes no further.

import { html } from "./elements.js";
import { numberFieldAt, putBelow } from "./page.js";

/** The sentences that are shown. @type {WeakMap<Element, HTMLElement>} */
const notes = new WeakMap();

/** Watch all number fields of the page. (A listener that is there already is not added again.) */
export function watchNumberFields() {
  for (const type of ["keydown", "focusout", "input"]) document.addEventListener(type, check, true);
}

/** @param {Event} event */
function check(event) {
  const field = numberFieldAt(event.target);
  if (!field || (event instanceof KeyboardEvent && event.key !== "Enter")) return;
  const { value, validity, min, max, step } = field;
  const fault = event.type === "input" ? "" : numberFault(validity.badInput ? null : value, step === "1", Number(min), Number(max));
  if (fault) event.stopPropagation(); // Streamlit is not to take it
  show(field, fault);
}

/** @param {HTMLInputElement} field @param {string} fault */
function show(field, fault) {
  notes.get(field)?.remove();
  notes.delete(field);
  if (!fault) return;
  const note = html("p", { className: "number-fault", role: "alert" }, fault);
  notes.set(field, note);
  putBelow(field, note);
}

/**
 * What is wrong with a text in a number field; "" if nothing is. An empty field gets its default back.
 * @param {string | null} text  null if it is no number for the browser, which then tells no text
 * @param {boolean} isWhole @param {number} least @param {number} most
 */
export function numberFault(text, isWhole, least, most) {
  if (text === "") return "";
  const number = Number(text), isNumber = text !== null && (!isWhole || /^[+-]?\d+$/.test(text));
  if (isNumber && number >= least && number <= most) return "";
  const kind = isWhole ? "a whole number, in digits," : "a number";
  return `${text ?? "What you typed"} does not fit here. Give ${kind} from ${least} to ${most}.`;
}
