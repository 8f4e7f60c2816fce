import assert from "node:assert/strict";
import { test } from "node:test";
import { renewed } from "../../lsedash/ui/widgets/address/address.js";

test("a link that says what the address says leaves it alone, however it is encoded", () => {
  assert.equal(renewed("?A=1+2%3B0+1&lr=0.2", "lr=0.2&A=1%202;0%201"), null);
  assert.equal(renewed("", ""), null);
});

test("another link replaces the whole query, but for Streamlit's own parts", () => {
  assert.equal(renewed("?lr=0.2&utm_source=x", "lr=0.2&k=17"), "?lr=0.2&k=17");
  assert.equal(renewed("?embed=true&k=3", "k=17"), "?k=17&embed=true");
  assert.equal(renewed("?k=3", ""), "");
});
