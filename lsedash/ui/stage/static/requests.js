// What is asked of Python and not answered yet. Every message carries all of it, because of two that
// come while Python is busy only the newer one is heard.

const QUIET = 120; // milliseconds between two messages while keys repeat

export class Requests {
  unanswered = {};

  sent = 0; // the number of the last request

  answered = 0; // of the last one that Python has heard of

  /** A message from Python; whether it is news. */
  hear({ data, setTriggerValue }) {
    this.post = setTriggerValue;
    if (data.session !== this.session) { // a first visit, or the server has forgotten us
      Object.assign(this, { session: data.session, serial: undefined, sent: data.request, unanswered: {} });
    }
    const news = data.serial !== this.serial;
    this.serial = data.serial;
    this.answered = data.request;
    if (!this.waiting) this.unanswered = {};
    return news;
  }

  get waiting() {
    return this.answered < this.sent;
  }

  /** Ask for something; while keys repeat, only the newest of a burst goes out. */
  ask(name, value) {
    const busy = this.waiting && performance.now() - this.posted < QUIET;
    this.sent += 1;
    this.unanswered[name] = value;
    clearTimeout(this.later);
    const post = () => {
      this.posted = performance.now();
      this.post("said", { request: this.sent, unanswered: { ...this.unanswered } });
    };
    if (busy) this.later = setTimeout(post, QUIET);
    else post();
  }
}
