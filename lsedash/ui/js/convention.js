// How a course writes the loss, and what our learning rates are in its words, as in lsedash.text.convention:
// a spoken rate stands for alpha = rate * times / divisor, and each alpha has a text. No DOM.

/** @import { Spoken } from "./types.d.ts" */
import { short, tidy } from "./numbers.js";

const MOST_DIGITS = 17; // significant ones, of the shortest text that reads back to a float

/** Our own convention, 1/2 sum. @type {Pick<Spoken, "key" | "times" | "divisor" | "divides">} */
export const OURS = { key: "half-sum", times: 1, divisor: 1, divides: false };

/** @typedef {Pick<Spoken, "key" | "times" | "divisor" | "divides">} Convention */

/** A rate as it is spoken, for reading. @param {Convention} spoken @param {number} alpha */
export function rateIn({ times, divisor }, alpha) {
  return alpha * divisor / times;
}

/** The rate in ours of a spoken number. @param {Convention} spoken @param {number | string} rate */
export function ownRate({ key, times, divisor }, rate) {
  if (key === OURS.key || !(Number(rate) > 0)) return Number(rate);
  const [numerator, denominator] = fraction(String(rate));
  return nearest(numerator * BigInt(times), denominator * BigInt(divisor));
}

/** The shortest text that `ownRate` reads as this rate in ours. @param {Convention} spoken @param {number} alpha */
export function rateText(spoken, alpha) {
  if (spoken.key === OURS.key || !(alpha > 0 && alpha < Infinity)) return String(alpha);
  const rate = rateIn(spoken, alpha);
  for (let digits = 1; digits < MOST_DIGITS; digits += 1) {
    const text = String(Number(rate.toPrecision(digits)));
    if (ownRate(spoken, text) === alpha) return text;
  }
  return exactText(spoken, alpha);
}

/** The rate in ours at a spoken number with no more digits than a relative precision needs. @param {Convention} spoken @param {number} alpha @param {number} precision */
export function tidyRate(spoken, alpha, precision) {
  return ownRate(spoken, tidy(rateIn(spoken, alpha), precision));
}

/** A product of alpha in ours, as spoken: ["2", "/m"] around "alpha lambda". @param {Convention} spoken */
export function aroundAlpha({ times, divides }) {
  return [times === 2 ? "2" : "", divides ? "/m" : ""];
}

/** alpha lambda_max, which is the same in every convention, in spoken words. @param {Convention} spoken */
export function stepWords(spoken) {
  const [before, after] = aroundAlpha(spoken);
  return `${before && "2 "}alpha times lambda max${after && " over m"}`;
}

/** What a rate is in ours, in one sentence; "" if it is spoken so. @param {Convention} spoken @param {number} alpha */
export function inOurs(spoken, alpha) {
  if (spoken.key === OURS.key) return "";
  const your = spoken.divides ? `Here m = ${spoken.divisor}: your` : "Your";
  return `${your} ${short(rateIn(spoken, alpha))} is ${short(alpha)} for ½ sum.`;
}

/** The text with 17 digits, rounded once. @param {Convention} spoken @param {number} alpha */
function exactText({ times, divisor }, alpha) {
  const [numerator, denominator] = binary(alpha);
  const p = numerator * BigInt(divisor), q = denominator * BigInt(times);
  const power = Math.floor(Math.log10(alpha * divisor / times)), shift = MOST_DIGITS - power; // one more, in case log10 is rounded up
  const above = shift > 0 ? p * 10n ** BigInt(shift) : p, below = shift > 0 ? q : q * 10n ** BigInt(-shift);
  return `${(2n * above + below) / (2n * below)}e${-shift}`;
}

/** A decimal as a fraction. @param {string} text @returns {[bigint, bigint]} */
function fraction(text) {
  const [mantissa, exponent = "0"] = text.split("e"), [whole, decimals = ""] = mantissa.split(".");
  const power = Number(exponent) - decimals.length, digits = BigInt(whole + decimals);
  return power < 0 ? [digits, 10n ** BigInt(-power)] : [digits * 10n ** BigInt(power), 1n];
}

/** A float as a fraction. @param {number} value @returns {[bigint, bigint]} */
function binary(value) {
  let power = 0n, scaled = value;
  for (; !Number.isInteger(scaled); scaled *= 2) power += 1n;
  return [BigInt(scaled), 2n ** power];
}

/** The float nearest to a positive fraction. @param {bigint} p @param {bigint} q */
function nearest(p, q) {
  const shift = Math.max(0, 66 + q.toString(2).length - p.toString(2).length);
  const scaled = p << BigInt(shift), rest = scaled % q ? 1n : 0n; // so that a tie is none
  return Number(((scaled / q) << 1n) | rest) * 2 ** -(shift + 1);
}
