// What is asked of Python and not answered yet. Every message carries all of it, because of two that
// come while Python is busy only the newer one is heard. Requests are numbered; three states:
//   quiet    answered = sent = asked; ask() leads to sent, or to held back behind a message on its way
//   sent     answered < sent = asked; the answer to it leads to quiet
//   held     sent < asked: a repeated request waits for the answer to the message before, or until
//            Python has been silent for long; either leads to sent

const PATIENCE = 1000; // milliseconds without an answer before the next message goes out all the same

/** @import { Component, Conversation } from "../../../../js/types.d.ts" */

/** @typedef {{rate?: {text: string}, start?: object, view?: object, keep?: {step: boolean}}} Unanswered */

/** @type {(keyof Unanswered)[]} */
const REPEATED = ["rate", "start"]; // what a held key asks for again and again

export class Requests {
  /** What was asked last under each name. @type {Unanswered} */
  unanswered = {};

  asked = 0; // the number of the last request

  sent = 0; // of the last one that has gone out

  answered = 0; // of the last one that Python has heard of

  since = 0; // when it went out, in milliseconds

  /** @type {string | undefined} */
  session;

  /** @type {number | undefined} */
  serial;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  later;

  /** @type {Component["setTriggerValue"]} */
  post = () => {};

  /** A message from Python; whether it is news. @param {Pick<Component<Conversation>, "data" | "setTriggerValue">} component */
  hear({ data, setTriggerValue }) {
    this.post = setTriggerValue;
    const { session, serial, request } = data;
    if (session !== this.session) { // a first visit, or the server has forgotten us
      Object.assign(this, { session, serial: undefined, asked: request, sent: request, unanswered: {} });
    }
    const news = serial !== this.serial;
    Object.assign(this, { serial, answered: request });
    if (!this.waiting) this.unanswered = {};
    else if (this.answered === this.sent) this.send();
    return news;
  }

  get waiting() {
    return this.answered < this.asked;
  }

  /**
   * Ask for something. What is asked again and again waits for the answer to the message before, as
   * long as Python is quick; what is asked meanwhile goes with it.
   *
   * (If a fragment is to run again, Streamlit drops what it drew and has not delivered, even if that
   * was in a run of the whole page, as a moved start needs one. The browser would then take the stage
   * away and build another.)
   * @template {keyof Unanswered} Name @param {Name} name @param {Unanswered[Name]} value
   */
  ask(name, value) {
    this.asked += 1;
    this.unanswered[name] = value;
    const waits = REPEATED.includes(name) && this.answered < this.sent;
    const patience = waits ? this.since + PATIENCE - performance.now() : 0;
    clearTimeout(this.later);
    if (patience > 0) this.later = setTimeout(() => this.send(), patience);
    else this.send();
  }

  send() {
    clearTimeout(this.later);
    this.sent = this.asked;
    this.since = performance.now();
    this.post("said", { request: this.asked, unanswered: { ...this.unanswered } });
  }
}
