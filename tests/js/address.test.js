import assert from "node:assert/strict";
import { test } from "node:test";
import { completed, renewed } from "../../lsedash/ui/widgets/address/address.js";

test("a link that says what the address says leaves it alone, however it is encoded", () => {
  assert.equal(renewed("?A=1+2%3B0+1&lr=0.2", "lr=0.2&A=1%202;0%201"), null);
  assert.equal(renewed("", ""), null);
});

test("another link replaces the whole query, but for Streamlit's own parts", () => {
  assert.equal(renewed("?lr=0.2&utm_source=x", "lr=0.2&k=17"), "?lr=0.2&k=17");
  assert.equal(renewed("?embed=true&k=3", "k=17"), "?k=17&embed=true");
  assert.equal(renewed("?k=3", ""), "");
});

test("the address of another page has the experiment as soon as its link is pressed", () => {
  const here = "https://host.org/base/?lr=0.2";
  const queryOfPage = (/** @type {string} */ path) => ({ "/base/": "?lr=0.2", "/base/why": "?lr=0.2&show=modes" })[path];
  const next = (/** @type {string} */ url, from = here) => completed(url, from, queryOfPage);
  assert.equal(next("/base/why"), "/base/why?lr=0.2&show=modes");
  assert.equal(next("/base/why?embed=true"), "/base/why?lr=0.2&show=modes");
  assert.equal(next("/base/", "https://host.org/base/why?lr=0.2"), "/base/?lr=0.2");
  assert.equal(next("/base/why?lr=0.3"), "/base/why?lr=0.3"); // it has an experiment
  assert.equal(next("/base/?", here), "/base/?"); // it is no other page: the experiment may have become the default
  assert.equal(next("/base/other"), "/base/other");
});
