import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Ended } from "../../lsedash/ui/js/ended.js";
import { cameraText, readCamera } from "../../lsedash/ui/pages/descend/stage/static/camera.js";
import { Requests } from "../../lsedash/ui/pages/descend/stage/static/requests.js";
import { contents } from "./helpers/messages.js";

test("every camera survives its text, and a turn of several circles is one of less", () => {
  for (const text of ["-34,23", "0,0", "180,-86", "-179,86"]) assert.equal(cameraText(readCamera(text)), text);
  assert.equal(cameraText({ turn: 4 * Math.PI + 0.5, tilt: 0.5 }), "29,29");
  assert.equal(cameraText({ turn: -0.001, tilt: -0.001 }), "0,0");
});

test("a gesture has ended when nothing has changed for a moment and nothing moves", (context) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  context.after(() => mock.timers.reset());
  let moves = true, told = 0;
  const ended = new Ended(() => moves, () => { told += 1; });
  for (let frame = 0; frame < 100; frame += 1) {
    ended.changed();
    mock.timers.tick(16);
  }
  mock.timers.tick(2000);
  assert.equal(told, 0);
  moves = false;
  mock.timers.tick(2000);
  assert.equal(told, 1);
});

test("what the link keeps is reported at once, beside the open requests, and nothing waits for it", () => {
  const requests = new Requests(), sent = [];
  const hear = (opened) => requests.hear({
    data: { line: { session: "s", heard: 0 }, serial: 1, opened },
    setStateValue: (_name, { messages }) => sent.push(contents(messages)),
  });
  hear(1);
  requests.report({ k: "17" });
  assert.equal(requests.waiting, false);
  requests.ask("view", { kind: "modes" });
  requests.report({ hide: "torch_module" });
  assert.deepEqual(sent.at(-1), { view: { kind: "modes" }, kept: { k: "17", hide: "torch_module" } });
  hear(2); // another link was opened: what was reported before belongs to the former one
  requests.report({ k: "3" });
  assert.deepEqual(sent.at(-1).kept, { k: "3" });
});
