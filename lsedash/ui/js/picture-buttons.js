// The buttons that save a picture of a chart.

/** @import { LegendEntry, Subject } from "./types.d.ts" */
import { html } from "./elements.js";
import { picture } from "./picture.js";
import { fileNameOf } from "./picture-words.js";

const FORMATS = /** @type {const} */ (["png", "svg"]);

/** @typedef {{chart: HTMLElement, subject: Subject, legend?: LegendEntry[]}} Shown */

/**
 * The two buttons of a chart.
 * @param {string} name  of the chart, in the buttons' names @param {() => Shown | null} shown  what the chart shows now; null for nothing
 */
export function pictureButtons(name, shown) {
  const box = html("span", { className: "picture-buttons" });
  box.dataset.name = name;
  for (const format of FORMATS) {
    const title = format.toUpperCase();
    const button = html("button", {
      type: "button", textContent: title, ariaLabel: `${name} as ${title}`,
      title: `Save this chart as ${format === "png" ? "PNG, at twice its size" : "SVG"}.`,
    });
    button.addEventListener("click", () => {
      const what = shown();
      if (!what) return;
      save(what, format).catch(() => { button.textContent = `No ${title}: the browser refused.`; });
    });
    box.append(button);
  }
  return box;
}

/** @param {Shown} shown @param {"png" | "svg"} format */
async function save({ chart, subject, legend }, format) {
  const address = URL.createObjectURL(await picture(chart, { format, subject, legend }));
  html("a", { href: address, download: fileNameOf(subject, format) }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // the browser reads it after the click
}
