import assert from "node:assert/strict";
import { test } from "node:test";
import { forClass, presented, shared } from "../../lsedash/ui/js/addresses.js";

const HERE = "https://a.edu/why?embed=true&A=1%202;3%204&embed_options=dark_theme&present=1&lr=0.3";

test("a copied link leaves the frame out, and a class does not present", () => {
  assert.equal(shared(HERE), "https://a.edu/why?A=1%202;3%204&present=1&lr=0.3");
  assert.equal(forClass(HERE), "https://a.edu/why?A=1%202;3%204&lr=0.3");
  assert.equal(shared("https://a.edu/?embed=true"), "https://a.edu/");
  assert.equal(shared("https://a.edu/?x=%E0%A4%A"), "https://a.edu/?x=%E0%A4%A");
});

test("a beat opens in presenter mode, with its own chart, in the frame where the talk is", () => {
  assert.equal(presented("lr=0.3", "?present=1"), "lr=0.3&present=1");
  assert.equal(presented("lr=0.3&present=2", ""), "lr=0.3&present=2");
  assert.equal(presented("present=0&embed=true&lr=1", "?embed=true&k=3"), "lr=1&present=1&embed=true");
});
