import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../../lsedash/ui/js/focus.js";
import { Outbox, outboxOf, sayAllAgain } from "../../lsedash/ui/js/outbox.js";

/** An outbox, what it has sent, and a way to tell it what was heard. */
function talk() {
  const outbox = new Outbox(), sent = [];
  const hear = (heard, session = "s") => outbox.hear({
    data: { line: { session, heard } }, setStateValue: (name, said) => sent.push([name, said]),
  });
  hear(0);
  return { outbox, sent, hear, said: () => sent.at(-1)[1] };
}

test("a message is said until it is heard", () => {
  const { outbox, hear, said } = talk();
  outbox.say("cells", "a");
  const [[number]] = said().messages;
  outbox.say("block", "b");
  assert.deepEqual(said().messages, [[number, "cells", "a"], [number + 1, "block", "b"]]);
  hear(number);
  assert.deepEqual([outbox.waits("cells"), outbox.waits("block")], [false, true]);
  hear(number + 1);
  assert.equal(outbox.waits("block"), false);
});

test("a newer message replaces the older one of its name, and has a number of its own", () => {
  const { outbox, hear, said } = talk();
  outbox.say("rates", [1]);
  const [[first]] = said().messages;
  outbox.say("rates", [2]);
  assert.equal(said().messages.length, 1);
  hear(first); // the older one was heard
  assert.deepEqual(outbox.content("rates"), [2]);
});

test("numbers grow from component to component, so that Python knows the order", () => {
  const a = talk(), b = talk();
  a.outbox.say("x", 0);
  b.outbox.say("y", 0);
  a.outbox.say("x", 1); // does not replace the first, because the other came in between
  const [[first], [third]] = a.said().messages, [[second]] = b.said().messages;
  assert.deepEqual([first, second, third].toSorted((x, y) => x - y), [first, second, third]);
});

test("what is held back goes out before a later message of another component", () => {
  const a = talk(), b = talk();
  a.outbox.put("x", 0);
  assert.equal(a.sent.length, 0);
  b.outbox.say("y", 0);
  assert.equal(a.sent.length, 1);
});

test("a new session is told what the former one has not heard, and nothing else", () => {
  const { outbox, sent, hear, said } = talk();
  outbox.say("x", 1);
  hear(said().messages[0][0]);
  hear(0, "another");
  assert.equal(sent.length, 1);
  outbox.say("x", 2);
  hear(0, "a third");
  assert.equal(sent.length, 3);
  assert.equal(said().session, "a third");
  assert.equal(outbox.content("x"), 2);
});

test("a message goes out as a state, which Streamlit sends again, and not as a trigger", () => {
  const { outbox, sent } = talk();
  outbox.say("x", 1);
  assert.equal(sent[0][0], "said");
});

test("a component that is drawn anew says again what was not heard, and the page does once the line is back", () => {
  const outbox = outboxOf("chips"), sent = [];
  const draw = (parentElement, heard) => outboxOf("chips").hear({
    data: { line: { session: "s", heard } }, parentElement, setStateValue: (_name, { messages }) => sent.push(messages),
  });
  draw("a place", 0);
  outbox.say("rates", [1]);
  draw("a place", 0);
  assert.equal(sent.length, 1);
  draw("another place", 0);
  assert.deepEqual(sent[1], sent[0]);
  sayAllAgain();
  assert.deepEqual(sent[2], sent[0]);
  draw("another place", sent[0][0][0]);
  sayAllAgain();
  assert.equal(sent.length, 3);
});

test("a press takes the place of no other, and what was heard is not said to a new session", () => {
  const { outbox, hear, said, sent } = talk();
  outbox.add("pressed", "next");
  outbox.add("pressed", "next");
  outbox.send();
  assert.equal(said().messages.length, 2);
  outbox.forget(said().messages[1][0]); // another component was told
  hear(0, "another");
  assert.equal(sent.length, 1);
});

test("a field is found again under another number", () => {
  assert.equal(nameOf("stElement st-key-iterations_3_12 other"), "iterations");
  assert.equal(nameOf("st-key-race_text_0_1"), "race_text");
  assert.equal(nameOf("st-key-grid"), "grid");
});
