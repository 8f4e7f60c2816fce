import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Requests } from "../../lsedash/ui/pages/descend/stage/static/requests.js";
import { contents } from "./helpers/messages.js";

/** Requests, what they have sent, and a way to answer them: so many of the messages. */
function conversation() {
  const requests = new Requests(), sent = [], numbers = [];
  let serial = 0;
  const answer = (messages, { session = "s", again = false } = {}) => {
    serial += again ? 0 : 1;
    return requests.hear({
      data: { line: { session, heard: messages ? numbers[messages - 1] : 0 }, serial },
      setStateValue: (_name, { messages }) => {
        sent.push(contents(messages));
        numbers.push(messages.at(-1)[0]);
      },
    });
  };
  answer(0);
  return { requests, sent, answer };
}

test("a request goes out at once and waits for its answer", () => {
  const { requests, sent, answer } = conversation();
  assert.equal(requests.waiting, false);
  requests.ask("rate", { text: "1" });
  assert.deepEqual(sent, [{ rate: { text: "1" } }]);
  assert.equal(requests.waiting, true);
  answer(1);
  assert.equal(requests.waiting, false);
  assert.equal(requests.unanswered("rate"), undefined);
});

test("what a held key repeats waits for the answer before, and only the last of it goes out", () => {
  const { requests, sent, answer } = conversation();
  for (const text of ["1", "2", "3"]) requests.ask("rate", { text });
  assert.equal(sent.length, 1);
  answer(1);
  assert.deepEqual(sent.at(-1), { rate: { text: "3" } });
  assert.equal(sent.length, 2);
  answer(2);
  assert.equal(requests.waiting, false);
});

test("anything else goes out at once and takes along what waits", () => {
  const { requests, sent } = conversation();
  requests.ask("start", { place: [1] });
  requests.ask("start", { place: [2] });
  requests.ask("follow", { follows: true });
  assert.deepEqual(sent.at(-1), { start: { place: [2] }, follow: { follows: true } });
});

test("after a second of silence what waits goes out all the same", (context) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  context.after(() => mock.timers.reset());
  const { requests, sent } = conversation();
  requests.ask("rate", { text: "1" });
  requests.ask("rate", { text: "2" });
  mock.timers.tick(900);
  assert.equal(sent.length, 1);
  mock.timers.tick(101);
  assert.deepEqual(sent.at(-1), { rate: { text: "2" } });
});

test("after a second of silence what is asked next goes out at once, and the next waits again", (context) => {
  let now = 0;
  context.mock.method(performance, "now", () => now);
  const { requests, sent } = conversation();
  requests.ask("rate", { text: "1" });
  now = 60_000;
  requests.ask("rate", { text: "2" });
  requests.ask("rate", { text: "3" });
  assert.deepEqual(sent.map(({ rate }) => rate.text), ["1", "2"]);
  requests.ask("view", { kind: "modes" });
  assert.deepEqual(sent.at(-1), { rate: { text: "3" }, view: { kind: "modes" } });
});

test("a message that the browser only draws again is no news", () => {
  const { answer } = conversation();
  assert.equal(answer(0), true);
  assert.equal(answer(0, { again: true }), false);
});

test("a server that has forgotten us is asked again", () => {
  const { requests, sent, answer } = conversation();
  requests.ask("rate", { text: "1" });
  assert.equal(answer(0, { session: "another" }), true);
  assert.deepEqual(sent, [{ rate: { text: "1" } }, { rate: { text: "1" } }]);
  assert.equal(requests.waiting, true);
  answer(2, { session: "another" });
  assert.equal(requests.waiting, false);
});

test("an answer that changes nothing ends the waiting, and is shown", () => {
  const { requests, answer } = conversation();
  requests.ask("rate", { text: "wrong" });
  assert.equal(answer(1, { again: true }), true);
  assert.equal(requests.waiting, false);
});
