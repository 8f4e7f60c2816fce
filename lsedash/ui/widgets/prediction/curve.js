// A curve over an empty chart: draw it with the pointer, or move its points with the arrow keys.

/** @import { Draft, Shown } from "./types.d.ts" */
import { drag, html } from "../../js/elements.js";
import { short, within } from "../../js/numbers.js";
import { keyStep, passed, shareOf, valueAt } from "./axes.js";
import { Board } from "./board.js";

/** The board for a curve that is to be drawn. @param {Shown} data @param {Draft} draft @param {() => void} changed @returns {HTMLElement[]} */
export function curveBoard(data, draft, changed) {
  const { axes, ks, given } = data, board = new Board(axes, data.kind), first = given[0]?.[1] ?? valueAt(axes[1], 0.75);
  if (!draft.numbers.length) draft.numbers = ks.map(() => first);
  for (const point of given) board.mark(point, "given", "start");
  const path = board.draw([], { class: "mine" });
  const handles = ks.map((k, i) => handle(k, i));
  const shares = ks.map((k) => shareOf(axes[0], k));
  const show = () => {
    const points = ks.map((k, i) => /** @type {[number, number]} */ ([k, draft.numbers[i]]));
    path.setAttribute("d", board.line([...given, ...points]));
    path.classList.toggle("untouched", !draft.touched);
    for (const [i, button] of handles.entries()) {
      board.place(button, points[i]);
      Object.assign(button, { ariaValueNow: String(Math.log10(draft.numbers[i])), ariaValueText: short(draft.numbers[i]) });
    }
  };
  const put = (/** @type {number} */ i, /** @type {number} */ share) => {
    draft.numbers[i] = valueAt(axes[1], share);
    draft.touched = true;
    show();
    changed();
  };
  function handle(/** @type {number} */ k, /** @type {number} */ i) {
    const button = html("button", { type: "button", className: "mark mine", role: "slider", ariaLabel: `Loss at iteration ${k}` }, html("i", {}));
    Object.assign(button, { ariaValueMin: String(Math.log10(axes[1].low)), ariaValueMax: String(Math.log10(axes[1].high)) });
    button.addEventListener("keydown", (event) => {
      const step = keyStep(event.key, false), aside = keyStep(event.key, true);
      if (step !== null) put(i, within(shareOf(axes[1], draft.numbers[i]) + step * (event.shiftKey ? 10 : 1), 0, 1));
      else if (aside !== null) handles[i + Math.sign(aside)]?.focus();
      else return;
      event.preventDefault();
    });
    return button;
  }
  board.frame.addEventListener("pointerdown", (event) => {
    let last = board.at(event);
    const follow = (/** @type {PointerEvent} */ move) => {
      const now = board.at(move);
      for (const [i, share] of passed(shares, last, now)) put(i, within(share, 0, 1));
      last = now;
    };
    follow(event);
    drag(board.frame, event, follow, () => {});
  });
  board.frame.append(...handles);
  show();
  return [board.box];
}

/** The numbers of a curve as Python takes them: k and loss of each point. @param {Shown} data @param {Draft} draft */
export function curveNumbers({ given, ks }, { numbers }) {
  return [...given.flat(), ...ks.flatMap((k, i) => [k, numbers[i]])];
}

/** The board of a curve that was drawn, beside the programs' curves. @param {Shown} data @returns {HTMLElement[]} */
export function seenCurve({ axes, kind, numbers, result }) {
  const board = new Board(axes, kind);
  board.box.ariaHidden = "true"; // the words below say it
  board.curves(result?.curves ?? []);
  const ghost = /** @type {[number, number][]} */ (numbers.flatMap((k, i) => (i % 2 ? [] : [[k, numbers[i + 1]]])));
  if (ghost.length) {
    board.draw(ghost, { class: "ghost" });
    board.mark(ghost[ghost.length - 1], "ghost end", "you");
  }
  return [board.box];
}
