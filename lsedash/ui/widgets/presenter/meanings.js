// What a key means in presenter mode. No DOM.

/**
 * What decides it.
 * @typedef {object} Situation
 * @property {boolean} presents
 * @property {boolean} covered  whether a result waits for Enter
 * @property {boolean} framed  whether the page stands in the frame of another one, a deck perhaps
 * @property {boolean} talk  whether there are beats
 * @property {boolean} types  whether the key goes into a field
 * @property {boolean} moves  whether the arrow keys move what has the focus
 * @property {boolean} acts  whether Enter presses what has the focus
 * @property {boolean} opened  whether a dialog is open
 */

/** @typedef {"begin" | "leave" | "next" | "back" | "show" | "hide" | "code" | "theme" | "beats" | "chart"} Meaning */

/** @type {Record<string, Meaning>} */
const LETTERS = { p: "leave", h: "hide", q: "code", t: "theme", l: "beats" };

/** @type {Record<string, Meaning>} */
const CLICKER = { PageDown: "next", PageUp: "back" };

/** @type {Record<string, Meaning>} */
const ARROWS = { ArrowRight: "next", ArrowDown: "next", ArrowLeft: "back", ArrowUp: "back" };

/** The meaning of a key; null if it is not ours. @param {string} key @param {Situation} situation @returns {Meaning | null} */
export function meaningOf(key, situation) {
  const { presents, covered, framed, talk, types, moves, acts, opened } = situation, letter = key.toLowerCase();
  if (types || (opened && !(presents && letter === "q"))) return null;
  if (!presents) return letter === "p" ? "begin" : null;
  if (covered && key === "Enter" && !acts) return "show";
  if (key === "Escape") return "leave";
  if (/^[1-9]$/.test(key)) return "chart";
  const step = framed ? null : CLICKER[key] ?? (moves ? null : ARROWS[key]);
  if (step && covered && step === "next") return "show";
  return (talk && step) || LETTERS[letter] || null;
}
