// The texts of the large table. This component shows nothing; it keeps what the table shows.

/** @import { Component } from "../../js/types.d.ts" */

/** @typedef {{number: string, A: string[][], b: string[], names: string[], target: string, meant: boolean}} Texts  names: of the columns of A; meant: whether they mean something */

/** @type {Texts | undefined} */
let texts;

/** @type {Set<() => void>} */
const listeners = new Set();

/** The texts with a number, if they are here. @param {string} number */
export function textsOf(number) {
  return texts?.number === number ? texts : undefined;
}

/** Call a function whenever other texts are here, until the function that this returns is called. @param {() => void} listener */
export function onTexts(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {Component<Texts>} component */
export function update({ data }) {
  if (texts?.number === data.number && texts.names.join() === data.names.join() && texts.target === data.target) return;
  texts = data;
  for (const listener of listeners) listener();
}
