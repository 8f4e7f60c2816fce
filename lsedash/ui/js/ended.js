// Tells when a gesture has ended: nothing has changed for a moment, no pointer is down, nothing moves by
// itself. Two states:
//   quiet    changed() leads to waiting
//   waiting  changed() begins the moment anew; after it the listener is told, which leads to quiet, unless
//            something still moves, which leads to waiting again

const MOMENT = 250; // milliseconds

let pressed = false; // whether a pointer is down anywhere

if (typeof window !== "undefined") {
  const follow = (/** @type {PointerEvent} */ { buttons }) => { pressed = buttons > 0; };
  window.addEventListener("pointerdown", follow, true);
  window.addEventListener("pointermove", follow, true);
  window.addEventListener("pointerup", follow, true);
  window.addEventListener("pointercancel", follow, true);
}

export class Ended {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /** @param {() => boolean} moves  whether something moves by itself @param {() => void} tell */
  constructor(moves, tell) {
    this.moves = moves;
    this.tell = tell;
  }

  changed() {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => {
      if (pressed || this.moves()) this.changed();
      else this.tell();
    }, MOMENT);
  }

  forget() {
    clearTimeout(this.#later);
  }
}
