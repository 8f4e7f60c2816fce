// Chips on the axis of alpha * lambda_max: drag them, or use the arrow keys; Delete removes a chip.

/** @import { Component, Head } from "../../js/types.d.ts" */
import { ownRate, rateIn, stepWords } from "../../js/convention.js";
import { drag, html, part } from "../../js/elements.js";
import { rounded, short, within } from "../../js/numbers.js";
import { END, keyed, shareOf } from "../../js/rate-scale.js";
import { regimeBar } from "../../js/regime-bar.js";
import { Hand } from "../../js/hand.js";
import { outboxOf, UNSENT } from "../../js/outbox.js";
import { entries, showRate, words } from "./entries.js";
import { rowsOf, widestGap } from "./gaps.js";
import { previewLane, removePreviews } from "./preview.js";

const outbox = outboxOf("chips");
const AXIS = [0, END];
const LEAST = 1e-6;
const MOST = 6;
const WORDS = { monotone: "monotone, 0 to 1", oscillating: "oscillating, 1 to 2" };
const WIDE = 480; // pixels; a narrower axis has short words

/** @import { Convention } from "../../js/convention.js" */
/** @import { Previewed } from "./preview.js" */
/** @typedef {{rates: number[], colours: string[], top: number, spoken: Convention, preview: Previewed}} Shown  rates in ours; top is lambda_max */
/** @typedef {Shown & {line: Head}} Data */

/**
 * What a chip calls.
 * @typedef {object} Listener
 * @property {(rates: number[]) => void} tell  called when a rate has been changed
 * @property {(i: number, rate: number) => void} move  called while a rate changes
 * @property {Hand<Component<Data>>} hand  holds a chip; Python's messages wait meanwhile
 * @property {(rates: number[], focus: number) => void} replace  shows other chips and focuses one, counted from 1
 */

/** The boxes whose size is watched. @type {WeakSet<HTMLElement>} */
const resizing = new WeakSet();

/** @type {WeakMap<HTMLElement, Hand<Component<Data>>>} */
const hands = new WeakMap();

/** @param {Component<Data>} component */
export function update(component) {
  const box = part(component.parentElement, ".lsedash-chips");
  outbox.hear(component);
  mark(box, outbox.waits("rates"));
  const hand = hands.get(box) ?? new Hand(show, () => {});
  hands.set(box, hand);
  hand.hear(component);
}

/** Mark rates that Python has not heard of. @param {HTMLElement} box @param {boolean} unsent */
function mark(box, unsent) {
  const list = part(box.parentElement ?? box, ".lsedash-rates");
  for (const group of [box, list]) group.toggleAttribute("data-unsent", unsent);
  box.ariaDescription = unsent ? UNSENT : null;
}

/** @param {Component<Data>} component */
function show({ parentElement, data: { line: _, ...data } }) {
  const box = part(parentElement, ".lsedash-chips"), sent = JSON.stringify(data), isDrawn = box.childElementCount > 0;
  if (box.dataset.sent === sent || (isDrawn && outbox.waits("rates"))) return; // newer rates are shown
  box.dataset.sent = sent;
  if (!resizing.has(box)) {
    resizing.add(box);
    new ResizeObserver(() => arrange(box)).observe(box);
  }
  draw(box, [...(outbox.content("rates") ?? data.rates)], data, (rates) => {
    box.dataset.sent = ""; // so that the next message is drawn even if it equals the last one
    outbox.say("rates", rates);
    mark(box, true);
  });
}

/**
 * Draw the rates.
 * @param {HTMLElement} box @param {number[]} rates @param {Shown} data
 * @param {(rates: number[]) => void} tell  called with all rates whenever the visitor has changed them
 */
function draw(box, rates, data, tell) {
  const focused = box.contains(document.activeElement) && document.activeElement?.getAttribute("data-chip");
  /** @type {Listener} */
  const listener = {
    tell,
    hand: /** @type {Hand<Component<Data>>} */ (hands.get(box)),
    move: (i, rate) => {
      showRate(list.children[i], rate, data.spoken);
      previewLane(data.preview, i + 1, rate);
    },
    replace: (next, focus) => {
      draw(box, next, data, tell);
      focusChip(box, Math.min(focus, next.length));
      tell(next);
    },
  };
  const list = part(box.parentElement ?? box, ".lsedash-rates");
  list.replaceChildren(...entries(rates, data.colours, data.spoken, (i) => listener.replace(rates.filter((_, other) => other !== i), i + 1)));
  const chips = rates.map((_, i) => chip(i, rates, data, listener));
  box.replaceChildren(html("div", { className: "lsedash-chips-axis" }, ...regimeBar(AXIS), ...chips));
  if (rates.length < MOST) box.append(adder(rates, data, listener));
  arrange(box);
  if (focused) focusChip(box, Number(focused));
}

/** Put the chips into rows and choose the words, for the width that there is. @param {HTMLElement} box */
function arrange(box) {
  const axis = part(box, ".lsedash-chips-axis"), width = axis.clientWidth;
  const chips = [...axis.querySelectorAll("button")];
  const rows = rowsOf(chips.map((chip) => (width * Number.parseFloat(chip.style.left)) / 100));
  for (const [i, chip] of chips.entries()) chip.dataset.row = String(rows[i]);
  for (const [name, words] of Object.entries(WORDS)) {
    part(axis, `.${name} i`).textContent = width < WIDE ? name : words;
  }
}

/** @param {HTMLElement} box @param {number} number  of the chip, from 1 */
function focusChip(box, number) {
  const button = box.querySelector(`[data-chip="${number}"]`);
  if (button instanceof HTMLElement) button.focus();
}

const clamped = (/** @type {number} */ step) => within(step, LEAST, END);

/** @param {number} i @param {number[]} rates @param {Shown} data @param {Listener} listener */
function chip(i, rates, data, listener) {
  const number = String(i + 1);
  const button = html("button", {
    type: "button", className: "lsedash-chip", role: "slider",
    ariaLabel: `learning rate ${number}`, ariaValueMin: "0", ariaValueMax: String(END),
  });
  const bubble = html("span", { className: "lsedash-chip-rate" });
  button.append(number, bubble);
  button.dataset.chip = number;
  button.style.setProperty("--chip", data.colours[i % data.colours.length]);
  const show = () => {
    const step = rates[i] * data.top;
    button.style.left = `${100 * shareOf(clamped(step), AXIS)}%`;
    button.ariaValueNow = short(clamped(step));
    button.ariaValueText = `${short(rateIn(data.spoken, rates[i]))}; ${stepWords(data.spoken)} is ${short(step)}`;
    bubble.textContent = words(rates[i], data.spoken);
    button.title = `${words(rates[i], data.spoken)}: drag it or use the arrow keys; Delete removes it.`;
  };
  const move = (/** @type {number} */ step) => {
    rates[i] = rateOf(clamped(step), data);
    show();
    listener.move(i, rates[i]);
  };
  button.addEventListener("pointerdown", (event) => {
    const { left, width } = axisOf(button).getBoundingClientRect(), before = rates[i];
    listener.hand.grab();
    button.classList.add("held");
    drag(button, event, ({ clientX }) => move((END * (clientX - left)) / width), () => {
      button.classList.remove("held");
      if (rates[i] === before) removePreviews();
      else listener.tell([...rates]);
      listener.hand.letGo();
    });
  });
  button.addEventListener("keydown", (event) => {
    const step = keyed(event.key, rates[i] * data.top, LEAST);
    if (step !== null) {
      move(step);
      listener.tell([...rates]);
    } else if (["Delete", "Backspace"].includes(event.key) && rates.length > 1) {
      listener.replace(rates.filter((_, other) => other !== i), i + 1);
    } else return;
    event.preventDefault();
  });
  show();
  return button;
}

/** The rate at a step, four digits as it is spoken. @param {number} step @param {Shown} data */
function rateOf(step, { top, spoken }) {
  return ownRate(spoken, rounded(rateIn(spoken, step / top), 4));
}

/** @param {HTMLElement} chip */
function axisOf(chip) {
  return chip.parentElement ?? chip;
}

/** A button that adds a rate in the middle of the widest gap. @param {number[]} rates @param {Shown} data @param {Listener} listener */
function adder(rates, data, listener) {
  const button = html("button", { type: "button", className: "lsedash-chips-add" }, "+ rate");
  button.addEventListener("click", () => {
    const middle = widestGap([0, ...rates.map((rate) => clamped(rate * data.top)), END]);
    listener.replace([...rates, rateOf(middle, data)], rates.length + 1);
  });
  return button;
}
