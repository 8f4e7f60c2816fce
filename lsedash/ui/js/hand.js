// The visitor's hand, which makes Python's messages wait. Two states:
//   free   a message from Python is shown as it comes; grab() leads to held
//   held   a pointer is down on the rate or on the start, and nothing may move under it, so the
//          newest message waits; letGo() leads to free and shows that message

/** @template Message */
export class Hand {
  held = false;

  /** @type {Message | null} */
  waiting = null;

  /** @param {(message: Message) => void} show @param {(waits: boolean) => void} tell  whether one waits */
  constructor(show, tell) {
    this.show = show;
    this.tell = tell;
  }

  grab() {
    this.held = true;
  }

  letGo() {
    const message = this.waiting;
    this.held = false;
    this.#keep(null);
    if (message !== null) this.show(message);
  }

  /** @param {Message} message */
  hear(message) {
    if (this.held) this.#keep(message);
    else this.show(message);
  }

  /** @param {Message | null} message */
  #keep(message) {
    this.waiting = message;
    this.tell(message !== null);
  }
}
