// The requests to Python that are not answered yet, said together: see `outbox.js`. Three states:
//   quiet    nothing is open; ask() leads to sent
//   sent     all open requests were sent; their answer leads to quiet, ask() to sent again or to held
//   held     a repeated request waits for the answer to the last message, but at most for PATIENCE;
//            then it leads to sent

const PATIENCE = 1000; // milliseconds to wait for an answer before the next message is sent

/** @import { Component, Conversation, KeptTexts, Questions } from "../../../../js/types.d.ts" */
import { Outbox } from "../../../../js/outbox.js";

/** @type {(keyof Questions)[]} */
const REPEATED = ["rate", "start"]; // the requests that a held key repeats

/** @type {(keyof Questions)[]} */
const ALL = [...REPEATED, "view", "follow", "loss"];

export class Requests {
  /** @param {Outbox} outbox */
  constructor(outbox = new Outbox()) {
    this.outbox = outbox;
  }

  /** @type {number | undefined} */
  serial;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  later;

  /** @type {number | undefined} */
  opened;

  /** Take note of a message from Python; returns whether it is to be shown. @param {Pick<Component<Conversation>, "data" | "setStateValue">} component */
  hear(component) {
    const { outbox, waiting } = this, { session } = outbox, { line, serial, opened } = component.data;
    if (line.session === session && this.opened !== undefined && opened !== this.opened) outbox.drop("kept"); // another link was opened
    outbox.hear(component);
    const isNew = serial !== this.serial || session !== line.session;
    Object.assign(this, { serial, opened });
    if (this.waiting && outbox.heard >= outbox.sent) this.send();
    return isNew || (waiting && !this.waiting);
  }

  get session() {
    return this.outbox.session;
  }

  get waiting() {
    return ALL.some((name) => this.outbox.waits(name));
  }

  /** What was asked and is not answered. @template {keyof Questions} Name @param {Name} name @returns {Questions[Name] | undefined} */
  unanswered(name) {
    return this.outbox.content(name);
  }

  /**
   * Send a request. A repeated request waits for the answer to the last message, but not for long;
   * requests made meanwhile are sent with it.
   *
   * (When a fragment has to run again, Streamlit drops all elements that it has drawn but not delivered
   * yet, even those of a run of the whole page, which a moved start needs. The browser would then
   * remove the stage and build another.)
   * @template {keyof Questions} Name @param {Name} name @param {Questions[Name]} value
   */
  ask(name, value) {
    const { heard, sent, since } = this.outbox, waits = REPEATED.includes(name) && heard < sent;
    this.outbox.put(name, value);
    const delay = waits ? since + PATIENCE - performance.now() : 0;
    clearTimeout(this.later);
    if (delay > 0) this.later = setTimeout(() => this.send(), delay);
    else this.send();
  }

  /** What the link keeps of the stage and Python has not heard. @returns {Partial<KeptTexts>} */
  get kept() {
    return this.outbox.content("kept") ?? {};
  }

  /** Report what the link keeps of the stage; the stage does not wait for the answer. @param {Partial<KeptTexts>} texts */
  report(texts) {
    this.outbox.put("kept", { ...this.kept, ...texts });
    this.send();
  }

  send() {
    clearTimeout(this.later);
    this.outbox.send();
  }
}
