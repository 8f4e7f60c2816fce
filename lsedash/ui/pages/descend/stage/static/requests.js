// The requests to Python that are not answered yet. Every message repeats all of them, because Python
// hears only the newest of the messages that come while it is busy. Requests are numbered; three states:
//   quiet    answered = sent = asked; ask() leads to sent
//   sent     answered < sent = asked; the answer leads to quiet, ask() to sent again or to held
//   held     sent < asked: a repeated request waits for the answer to the last message, but at most
//            for PATIENCE; then it leads to sent

const PATIENCE = 1000; // milliseconds to wait for an answer before the next message is sent

/** @import { Component, Conversation, KeptTexts } from "../../../../js/types.d.ts" */

/** @typedef {{rate?: {text: string}, start?: object, view?: object, follow?: {follows: boolean}}} Unanswered */

/** @type {(keyof Unanswered)[]} */
const REPEATED = ["rate", "start"]; // the requests that a held key repeats

export class Requests {
  /** The last request of each name that is not answered yet. @type {Unanswered} */
  unanswered = {};

  asked = 0; // the number of the last request

  sent = 0; // the number of the last request that was sent

  answered = 0; // the number of the last request that Python has answered

  since = 0; // when the last message was sent, in milliseconds

  /** @type {string | undefined} */
  session;

  /** @type {number | undefined} */
  serial;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  later;

  /** What was reported since a link was opened: see `kept.js`. @type {Partial<KeptTexts>} */
  kept = {};

  /** @type {number | undefined} */
  opened;

  /** @type {Component["setTriggerValue"]} */
  post = () => {};

  /** Take note of a message from Python; returns whether it is a new one. @param {Pick<Component<Conversation>, "data" | "setTriggerValue">} component */
  hear({ data, setTriggerValue }) {
    this.post = setTriggerValue;
    const { session, serial, request, opened } = data;
    if (session !== this.session || opened !== this.opened) Object.assign(this, { opened, kept: {} });
    if (session !== this.session) { // the first message, or the server has lost our visit
      Object.assign(this, { session, serial: undefined, asked: request, sent: request, unanswered: {} });
    }
    const isNew = serial !== this.serial;
    Object.assign(this, { serial, answered: request });
    if (!this.waiting) this.unanswered = {};
    else if (this.answered === this.sent) this.send();
    return isNew;
  }

  get waiting() {
    return this.answered < this.asked;
  }

  /**
   * Send a request. A repeated request waits for the answer to the last message, but not for long;
   * requests made meanwhile are sent with it.
   *
   * (When a fragment has to run again, Streamlit drops all elements that it has drawn but not delivered
   * yet, even those of a run of the whole page, which a moved start needs. The browser would then
   * remove the stage and build another.)
   * @template {keyof Unanswered} Name @param {Name} name @param {Unanswered[Name]} value
   */
  ask(name, value) {
    this.asked += 1;
    this.unanswered[name] = value;
    const waits = REPEATED.includes(name) && this.answered < this.sent;
    const delay = waits ? this.since + PATIENCE - performance.now() : 0;
    clearTimeout(this.later);
    if (delay > 0) this.later = setTimeout(() => this.send(), delay);
    else this.send();
  }

  /** Report what the link keeps of the stage; no answer is waited for. @param {Partial<KeptTexts>} texts */
  report(texts) {
    Object.assign(this.kept, texts);
    this.send();
  }

  send() {
    clearTimeout(this.later);
    this.sent = this.asked;
    this.since = performance.now();
    this.post("said", { request: this.asked, unanswered: { ...this.unanswered }, kept: { ...this.kept } });
  }
}
