import assert from "node:assert/strict";
import { test } from "node:test";
import { numberFault } from "../../lsedash/ui/js/number-fields.js";

test("what a number field would take only in part gets a sentence, and what fits gets none", () => {
  for (const text of ["0", "50", "+7", ""]) assert.equal(numberFault(text, true, 0, 50), "", text);
  for (const text of ["1e1", "1.5", "51", "-1"]) { // Streamlit would take 1, 1, nothing and nothing
    assert.equal(numberFault(text, true, 0, 50), `${text} does not fit here. Give a whole number, in digits, from 0 to 50.`);
  }
  assert.equal(numberFault("1e-3", false, 0, 1), "");
  assert.equal(numberFault("2", false, 0, 0.9999), "2 does not fit here. Give a number from 0 to 0.9999.");
});

test("1e999, which no browser takes for a number, gets a sentence", () => {
  assert.equal(numberFault(null, true, 0, 50), "What you typed does not fit here. Give a whole number, in digits, from 0 to 50.");
});
