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

/** The outboxes that may hold something that was not heard. @type {Set<Outbox>} */
const speaking = new Set();

/** The outboxes of components, by the components' keys. @type {Map<string, Outbox>} */
const outboxes = new Map();

/** The outbox of a component; it stays if the component is taken away and drawn anew. @param {string} key */
export function outboxOf(key) {
  const outbox = outboxes.get(key) ?? new Outbox();
  outboxes.set(key, outbox);
  return outbox;
}

/** Say again what was not heard: Streamlit forgets the states of components that it takes away. */
export function sayAllAgain() {
  for (const outbox of speaking) outbox.send();
}

/** Whether Python has heard everything that was put. */
export function isAllHeard() {
  return !speaking.size;
}

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

  /** Where the component is mounted. @type {HTMLElement | undefined} */
  #mount;

  /**
   * Take note of what Python has heard; a new session has heard nothing, and is told everything. A component
   * that was drawn anew says what was not heard again.
   * @param {Pick<Component<{line: Head}>, "data" | "setStateValue"> & {parentElement?: HTMLElement}} component
   */
  hear({ data: { line: { session, heard } }, setStateValue, parentElement }) {
    const isNew = this.session !== undefined && this.session !== session, isMoved = this.#mount !== parentElement;
    this.session = session;
    this.#post = setStateValue;
    this.#mount = parentElement;
    this.forget(isNew ? 0 : heard);
    if (isNew || isMoved) this.send();
  }

  /** Forget the messages that Python has heard, up to this number. @param {number} heard */
  forget(heard) {
    this.heard = heard;
    last = Math.max(last, heard);
    this.open = this.open.filter(([number]) => number > heard);
    if (!this.open.length) speaking.delete(this);
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
    this.add(name, content);
  }

  /** Put a message that takes the place of no other. @param {string} name @param {unknown} content */
  add(name, content) {
    last += 1;
    this.open.push([last, name, content]);
    held.add(this);
    speaking.add(this);
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

  /** Let the last messages, which were heard, not go out again with what other components say. */
  clear() {
    this.#post("said", { session: this.session, messages: [...this.open] });
  }

  /** Put a message and send it. @param {string} name @param {unknown} content */
  say(name, content) {
    this.put(name, content);
    this.send();
  }
}
