import assert from "node:assert/strict";
import { test } from "node:test";
import { meaningOf } from "../../lsedash/ui/widgets/presenter/meanings.js";

const AT_REST = {
  presents: true, covered: false, framed: false, talk: true, types: false, moves: false, acts: false, opened: false,
};
const meaning = (/** @type {string} */ key, change = {}) => meaningOf(key, { ...AT_REST, ...change });

test("a clicker's keys lead to the next beat and back", () => {
  for (const key of ["PageDown", "ArrowRight", "ArrowDown"]) assert.equal(meaning(key), "next");
  for (const key of ["PageUp", "ArrowLeft", "ArrowUp"]) assert.equal(meaning(key), "back");
  assert.equal(meaning("PageDown", { talk: false }), null);
});

test("arrow keys go on moving the rate while its handle has the focus; a clicker's page keys do not", () => {
  assert.equal(meaning("ArrowRight", { moves: true }), null);
  assert.equal(meaning("PageDown", { moves: true }), "next");
});

test("no key is taken from a field that is being typed in, nor from an open dialog but the code's own", () => {
  for (const key of ["PageDown", "ArrowLeft", "p", "h", "Escape", "Enter"]) {
    assert.equal(meaning(key, { types: true }), null);
    assert.equal(meaning(key, { opened: true }), null);
  }
  assert.equal(meaning("q", { opened: true }), "code");
});

test("in a frame the page keys and the arrow keys go to the deck", () => {
  for (const key of ["PageDown", "PageUp", "ArrowRight", "ArrowLeft"]) assert.equal(meaning(key, { framed: true }), null);
});

test("Enter shows what is hidden, and so does the next press of a clicker, which has no Enter", () => {
  const covered = { covered: true };
  assert.equal(meaning("Enter", covered), "show");
  assert.equal(meaning("PageDown", covered), "show");
  assert.equal(meaning("PageUp", covered), "back");
  assert.equal(meaning("Enter"), null);
});

test("outside presenter mode only P means something", () => {
  assert.equal(meaning("p", { presents: false }), "begin");
  for (const key of ["PageDown", "h", "q", "t", "l", "1", "Escape"]) assert.equal(meaning(key, { presents: false }), null);
});

test("the letters, digits and Escape have one meaning each", () => {
  const all = ["h", "q", "t", "l", "3", "Escape", "P"].map((key) => meaning(key));
  assert.deepEqual(all, ["hide", "code", "theme", "beats", "chart", "leave", "leave"]);
});
