// The messages of a component that Python has not heard yet. The line may break, the server may begin
// anew; each message is said until Python tells that it was heard, and Python acts on it once. A message
// goes out as a state of the component: Streamlit sends all states again when the line is back.
// (What it calls a trigger is sent once, and lost if the line is down.)

/** @import { Component, Head } from "./types.d.ts" */

/** @typedef {[number: number, name: string, content: any]} Message */

export const UNSENT = "not sent yet"; // the description of what Python has not heard of

let last = 0; // the number of the last message, of all components, so that Python knows their order

/** The outboxes whose last message was put but not sent. @type {Set<Outbox>} */
const held = new Set();

export class Outbox {
  /** The messages that were not heard, in their order. @type {Message[]} */
  open = [];

  heard = 0; // the number of the last message that was heard

  sent = 0; // the number of the last message that was sent

  since = 0; // when it was sent, in milliseconds

  /** @type {string | undefined} */
  session;

  /** @type {Component["setStateValue"]} */
  #post = () => {};

  /**
   * Take note of what Python has heard; a new session has heard nothing, and is told everything.
   * @param {Pick<Component<{line: Head}>, "data" | "setStateValue">} component
   */
  hear({ data: { line: { session, heard } }, setStateValue }) {
    const isNew = this.session !== undefined && this.session !== session;
    Object.assign(this, { session, heard });
    this.#post = setStateValue;
    last = Math.max(last, heard);
    if (isNew) this.send();
    else this.open = this.open.filter(([number]) => number > heard);
  }

  /** Whether a message of this name was not heard. @param {string} name */
  waits(name) {
    return this.open.some(([, other]) => other === name);
  }

  /** The content of the last message of this name that was not heard. @param {string} name */
  content(name) {
    return this.open.findLast(([, other]) => other === name)?.[2];
  }

  /** Put a message; it takes the place of one of its name if none of any component came in between. @param {string} name @param {unknown} content */
  put(name, content) {
    const before = this.open.at(-1);
    if (before?.[0] === last && before[1] === name) this.open.pop();
    last += 1;
    this.open.push([last, name, content]);
    held.add(this);
  }

  /** Change the contents of all messages of a name. @param {string} name @param {(content: any) => unknown} change */
  revise(name, change) {
    this.open = this.open.map(([number, other, content]) => [number, other, other === name ? change(content) : content]);
  }

  /** Say no more messages of a name. @param {string} name */
  drop(name) {
    this.open = this.open.filter(([, other]) => other !== name);
  }

  /** Say all messages that were not heard, after those that other components hold back. */
  send() {
    held.delete(this);
    for (const other of held) other.send();
    if (!this.open.length) return;
    this.sent = this.open[this.open.length - 1][0];
    this.since = performance.now();
    this.#post("said", { session: this.session, messages: [...this.open] });
  }

  /** Put a message and send it. @param {string} name @param {unknown} content */
  say(name, content) {
    this.put(name, content);
    this.send();
  }
}
