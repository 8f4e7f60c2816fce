// The rates that race, one entry each: its number, its rate, and a button that removes it.

/** @import { Convention } from "../../js/convention.js" */
import { rateIn } from "../../js/convention.js";
import { html } from "../../js/elements.js";
import { short } from "../../js/numbers.js";

/**
 * @param {number[]} rates @param {string[]} colours @param {Convention} spoken @param {(i: number) => void} remove
 * @returns {HTMLElement[]}
 */
export function entries(rates, colours, spoken, remove) {
  return rates.map((rate, i) => {
    const name = `learning rate ${i + 1}`, number = html("b", {}, String(i + 1));
    number.style.setProperty("--chip", colours[i % colours.length]);
    const entry = html("span", { className: "lsedash-rate" }, number, html("span", {}, words(rate, spoken)));
    if (rates.length > 1) {
      const button = html("button", { type: "button", ariaLabel: `Remove ${name}`, title: `Remove ${name}.` }, "×");
      button.addEventListener("click", () => remove(i));
      entry.append(button);
    }
    return entry;
  });
}

/** Show another rate in an entry. @param {Element | undefined} entry @param {number} rate @param {Convention} spoken */
export function showRate(entry, rate, spoken) {
  const text = entry?.querySelector("span");
  if (text) text.textContent = words(rate, spoken);
}

/** @param {number} rate @param {Convention} spoken */
export function words(rate, spoken) {
  return `α = ${short(rateIn(spoken, rate))}`;
}
