import assert from "node:assert/strict";
import { test } from "node:test";
import { paceOf, Playback } from "../../lsedash/ui/js/playback.js";

/** A clock whose frames come when the test says so. */
class Frames {
  time = 0;

  pending = new Map();

  now = () => this.time;

  request = (frame) => {
    this.pending.set(this.pending.size + 1, frame);
    return this.pending.size;
  };

  cancel = (request) => this.pending.delete(request);

  after(milliseconds) {
    this.time += milliseconds;
    const frames = [...this.pending.values()];
    this.pending.clear();
    for (const frame of frames) frame(this.time);
  }
}

function playing({ points = [0, 1, 2, 3, 10, 20], pace = 10, index = 0 } = {}) {
  const clock = new Frames(), seen = [], told = [];
  const playback = new Playback({
    show: (at) => seen.push(at), tell: (plays) => told.push(plays), pace: () => pace,
  }, clock);
  playback.update(points, index);
  seen.length = 0;
  return { playback, clock, seen, told };
}

test("with less motion no more than two points a second are shown", () => {
  assert.deepEqual([1, 2, 10, 2000].map((pace) => paceOf(pace, true)), [1, 2, 2, 2]);
  assert.deepEqual([1, 2, 10, 2000].map((pace) => paceOf(pace, false)), [1, 2, 10, 2000]);
});

test("playing takes as long between two points as they are apart", () => {
  const { playback, clock, seen } = playing();
  playback.play();
  for (let i = 0; i < 10; i += 1) clock.after(50); // 0.5 s at 10 a second: k = 5
  assert.deepEqual(seen, [1, 2, 3]);
  clock.after(500); // k = 10
  assert.deepEqual(seen, [1, 2, 3, 4]);
});

test("it rests at the last point and begins again from the first", () => {
  const { playback, clock, told } = playing();
  playback.play();
  clock.after(5000);
  assert.equal(playback.index, 5);
  assert.equal(playback.playing, false);
  assert.deepEqual(told, [true, false]);
  playback.toggle();
  assert.equal(playback.index, 0);
  assert.equal(playback.playing, true);
});

test("pausing stops it where it is, and so does going anywhere", () => {
  for (const stop of [(playback) => playback.pause(), (playback) => playback.toggle(), (playback) => playback.goTo(1)]) {
    const { playback, clock } = playing();
    playback.play();
    clock.after(100);
    stop(playback);
    clock.after(5000);
    assert.equal(playback.index, 1);
    assert.equal(playback.playing, false);
  }
});

test("it goes no further than the first and the last point", () => {
  const { playback } = playing();
  playback.goTo(-1);
  assert.equal(playback.index, 0);
  playback.goTo(99);
  assert.equal(playback.index, 5);
});

test("other points keep the index as far as they reach, and no points are one", () => {
  const { playback, seen } = playing({ index: 4 });
  playback.update([0, 1, 2]);
  assert.equal(playback.index, 2);
  playback.update([]);
  assert.deepEqual([playback.index, playback.last], [0, 0]);
  assert.deepEqual(seen, [2, 0]);
});
