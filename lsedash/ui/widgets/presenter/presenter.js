// Presenter mode. The attribute `data-present` of the page's root says that it is on, presenter.css does the rest;
// the server sets it in the page that it sends, so that the first paint has it. Python keeps it in the link.

/** @import { Component, Head } from "../../js/types.d.ts" */
/** @import { Beat } from "./beats.js" */
/** @import { Meaning } from "./meanings.js" */
import { forClass, isOfStreamlit, presented } from "../../js/addresses.js";
import { codeDialog, showCode } from "../../js/code.js";
import { wantsKey } from "../../js/elements.js";
import { isAllHeard, outboxOf } from "../../js/outbox.js";
import { openAddress, switchTheme } from "../../js/page.js";
import { lastPart, readBeats, Talk } from "./beats.js";
import { askForBeats, say, showKeys } from "./box.js";
import { followPointer } from "./halo.js";
import { Large } from "./large.js";
import { meaningOf } from "./meanings.js";

const BEATS = "lsedash.beats", HIDES = "lsedash.hides", AT = "lsedash.beat"; // keys of the browser's stores
const MOVED_BY_ARROWS = "[role=slider], input, select, [role=radio], [role=tab], [role=option], [role=combobox]";
const PRESSED_BY_ENTER = "button, a, summary, [role=button]";

const root = document.documentElement, outbox = outboxOf("presenter"), talk = new Talk(), large = new Large();
const SOON = 50; // milliseconds
let listens = false;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** The paths of all pages, the first page's first. @type {string[]} */
let pages = ["/"];

/** @param {Component<{line: Head, present: string, pages: string[]}>} component */
export function update(component) {
  outbox.hear(component);
  pages = component.data.pages;
  if (!listens) listen();
  listens = true;
  show(outbox.content("present")?.present ?? component.data.present);
}

function listen() {
  followPointer();
  window.addEventListener("keydown", press, { capture: true }); // before the stage, whose arrow keys step
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest(".begin-talk")) present("1");
  });
  talk.index = Number(sessionStorage.getItem(AT) ?? -1);
  takeBeats();
}

/** Show what fills the screen; "0" for the page as it always is. @param {string} number */
function show(number) {
  const began = number !== "0" && !root.dataset.begun;
  if (number === "0") {
    for (const name of ["present", "begun", "covered"]) delete root.dataset[name];
    showKeys(false);
  } else {
    Object.assign(root.dataset, { present: number, begun: "yes" });
    if (began) showKeys(talk.index < 0);
  }
  large.show(Number(number));
}

/** Show it, and let Python know. @param {string} number */
function present(number) {
  outbox.say("present", { present: number });
  show(number);
}

/** @param {KeyboardEvent} event */
function press(event) {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey || event.isComposing) return;
  const is = (/** @type {string} */ selector) => target instanceof Element && target.matches(selector);
  const meaning = meaningOf(key, {
    presents: root.dataset.present !== undefined, covered: root.dataset.covered !== undefined,
    framed: [...new URLSearchParams(window.location.search).keys()].some(isOfStreamlit),
    talk: talk.beats.length > 0 || lesson() !== null, types: wantsKey(target, key), moves: is(MOVED_BY_ARROWS), acts: is(PRESSED_BY_ENTER),
    opened: document.querySelector("dialog[open], :popover-open") !== null,
  });
  if (!meaning) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  act[meaning](key);
}

/** @type {Record<Meaning, (key: string) => void>} */
const act = {
  begin: () => present("1"),
  leave: () => present("0"),
  chart: (key) => present(key),
  next: () => step(1),
  back: () => step(-1),
  show: () => delete root.dataset.covered,
  hide: () => {
    const hides = !sessionStorage.getItem(HIDES);
    setHides(hides);
    say(hides ? "The results of the next beats stay hidden until Enter." : "Results are shown at once.");
  },
  code: () => (codeDialog().open ? codeDialog().close() : showCode(forClass(window.location.href))),
  theme: switchTheme,
  beats: () => askForBeats(
    { text: localStorage.getItem(BEATS) ?? "", hides: sessionStorage.getItem(HIDES) !== null },
    (text) => readBeats(text, pages).faults,
    ({ text, hides }) => {
      localStorage.setItem(BEATS, text);
      setHides(hides);
      goTo(-1);
      takeBeats();
      say(`${talk.beats.length} beats. PageDown opens the first one.`);
    },
  ),
};

/** Go to the next step of the lesson that runs, or the next beat; or to the one before. @param {1 | -1} by */
function step(by) {
  if (lesson()) {
    showKeys(false);
    pressLesson(by > 0 ? ["next", "skip"] : ["back"]);
    return;
  }
  const beat = talk.move(by);
  if (!beat) {
    say(by > 0 ? "This is the last beat." : "This is the first beat.");
    return;
  }
  goTo(talk.index);
  root.toggleAttribute("data-covered", sessionStorage.getItem(HIDES) !== null);
  showKeys(false);
  open(beat);
}

/** The bar of the lesson that runs; null without one. */
function lesson() {
  return document.querySelector(".lesson-bar");
}

/** Press the first of some buttons of the lesson's bar that can be pressed. @param {string[]} names */
function pressLesson(names) {
  const buttons = names.map((name) => lesson()?.querySelector(`[data-do="${name}"]:enabled:not([hidden])`));
  const button = buttons.find((found) => found instanceof HTMLButtonElement);
  if (button instanceof HTMLElement) button.click();
}

/** Open a beat, once Python's answers to what was said before cannot put another address in its place. @param {Beat} beat */
function open({ path, query }) {
  clearTimeout(waiting);
  if (!isAllHeard()) {
    waiting = setTimeout(() => open({ path, query }), SOON);
    return;
  }
  const start = pages.find((page) => lastPart(page) === path) ?? pages[0];
  openAddress(`${start}?${presented(query, window.location.search)}`);
}

function takeBeats() {
  talk.beats = readBeats(localStorage.getItem(BEATS) ?? "", pages).beats;
}

/** @param {number} index */
function goTo(index) {
  talk.index = index;
  sessionStorage.setItem(AT, String(index));
}

/** @param {boolean} hides */
function setHides(hides) {
  if (hides) sessionStorage.setItem(HIDES, "yes");
  else sessionStorage.removeItem(HIDES);
}
