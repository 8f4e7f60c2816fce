// The box for the beats of a talk, and the texts over the screen.

import { html, part } from "../../js/elements.js";
import { overPage } from "../../js/page.js";

const KEYS = [["PageDown", "next"], ["H", "hide"], ["Q", "QR code"], ["T", "theme"], ["1–9", "chart"], ["L", "beats"], ["Esc", "leave"]];
const LONG_ENOUGH = 3000; // milliseconds to read a sentence

/** Show the line that lists the keys, or take it away. @param {boolean} shown */
export function showKeys(shown) {
  const line = overPage("presenter-keys");
  if (!line.childElementCount) line.append(...KEYS.map(([key, does]) => html("span", {}, html("kbd", {}, key), ` ${does}`)));
  document.documentElement.toggleAttribute("data-keys", shown);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let last;

/** Say a sentence at the lower edge of the screen for a moment. @param {string} sentence */
export function say(sentence) {
  const place = overPage("presenter-said", { role: "status" });
  place.textContent = sentence;
  clearTimeout(last);
  last = setTimeout(() => { place.textContent = ""; }, LONG_ENOUGH);
}

/** What the box holds. @typedef {{text: string, hides: boolean}} Kept */

/**
 * Ask for the beats.
 * @param {Kept} kept @param {(text: string) => string[]} faultsOf  a sentence for each line that is no link
 * @param {(kept: Kept) => void} keep  called when the box is closed by its button
 */
export function askForBeats(kept, faultsOf, keep) {
  const dialog = boxOfBeats(), text = part(dialog, "textarea", HTMLTextAreaElement);
  const hides = part(dialog, "input", HTMLInputElement), faults = part(dialog, ".faults");
  text.value = kept.text;
  hides.checked = kept.hides;
  faults.replaceChildren();
  part(dialog, ".here").onclick = () => {
    text.value = `${text.value.trimEnd()}\n${window.location.href}\n`.trimStart();
  };
  part(dialog, "form", HTMLFormElement).onsubmit = (event) => {
    event.preventDefault();
    const said = faultsOf(text.value);
    faults.replaceChildren(...said.map((sentence) => html("li", {}, sentence)));
    if (said.length) return;
    keep({ text: text.value, hides: hides.checked });
    dialog.close();
  };
  if (!dialog.open) dialog.showModal();
}

function boxOfBeats() {
  const dialog = overPage("presenter-beats", { ariaLabel: "Beats of the talk" }, "dialog");
  if (dialog.childElementCount) return dialog;
  dialog.setAttribute("closedby", "any");
  dialog.append(html("form", {},
    html("h2", {}, "Beats"),
    html("label", {}, "Links of the dashboard, one a line. PageDown opens the next one. They stay in this browser.",
      html("textarea", { rows: 8, spellcheck: false, placeholder: "?lr=0.3\n/why?lr=0.3" })),
    html("ul", { className: "faults", role: "alert" }),
    html("label", { className: "tick" }, html("input", { type: "checkbox" }), " Hide each beat's result until Enter"),
    html("div", { className: "buttons" }, html("button", { type: "submit" }, "Use these beats"),
      html("button", { type: "button", className: "here" }, "Add this page"),
      html("button", { type: "button", onclick: () => dialog.close() }, "Close"))));
  return dialog;
}
