// A coloured bar of the regimes, used by every axis of alpha * lambda_max.

import { html } from "./elements.js";
import { regimesOf } from "./rate-scale.js";

/**
 * One stripe for each regime of a stretch, with these words or else with its name.
 * @param {number[]} stretch @param {Record<string, string>} words  by name
 */
export function regimeBar(stretch, words = {}) {
  return regimesOf(stretch).map(({ name, share }) => {
    const stripe = html("span", { className: `stripe ${name}` }, html("i", {}, words[name] ?? name));
    stripe.style.width = `${100 * share}%`;
    return stripe;
  });
}
