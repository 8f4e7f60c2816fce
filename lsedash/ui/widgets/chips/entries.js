// The rates that race, one entry each: its number, its rate, and a button that removes it.

import { html } from "../../js/elements.js";
import { short } from "../../js/numbers.js";

/**
 * @param {number[]} rates @param {string[]} colours @param {(i: number) => void} remove
 * @returns {HTMLElement[]}
 */
export function entries(rates, colours, remove) {
  return rates.map((rate, i) => {
    const name = `learning rate ${i + 1}`, number = html("b", {}, String(i + 1));
    number.style.setProperty("--chip", colours[i % colours.length]);
    const entry = html("span", { className: "lsedash-rate" }, number, html("span", {}, words(rate)));
    if (rates.length > 1) {
      const button = html("button", { type: "button", ariaLabel: `Remove ${name}`, title: `Remove ${name}.` }, "×");
      button.addEventListener("click", () => remove(i));
      entry.append(button);
    }
    return entry;
  });
}

/** Show another rate in an entry. @param {Element | undefined} entry @param {number} rate */
export function showRate(entry, rate) {
  const text = entry?.querySelector("span");
  if (text) text.textContent = words(rate);
}

/** @param {number} rate */
export function words(rate) {
  return `α = ${short(rate)}`;
}
