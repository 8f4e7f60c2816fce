// A mark on the axis of rates, or in the plane: drag it, use the arrow keys, or type.

/** @import { Draft, Shown } from "./types.d.ts" */
import { drag, html } from "../../js/elements.js";
import { short, within } from "../../js/numbers.js";
import { keyStep, shareOf, valueAt } from "./axes.js";
import { Board } from "./board.js";

/** The board and the fields, for a mark that is to be put. @param {Shown} data @param {Draft} draft @param {() => void} changed @returns {HTMLElement[]} */
export function markBoard(data, draft, changed) {
  const { axes } = data, board = new Board(axes, data.kind);
  if (!draft.numbers.length) draft.numbers = [...(data.given[0] ?? axes.map(({ low }) => low))]; // nothing that could be the answer
  for (const point of data.given) board.mark(point, "given", "start");
  const handle = html("button", { type: "button", className: "mark mine" }, html("i", {}));
  if (axes.length === 1) Object.assign(handle, { role: "slider", ariaValueMin: String(axes[0].low), ariaValueMax: String(axes[0].high) });
  const isRate = data.kind === "rate", least = isRate ? axes[0].high / 1000 : -Infinity; // a rate is positive
  const fields = axes.map((axis, i) => field(axis.name, isRate ? 0 : -Infinity, (value) => put(i, value)));
  const show = () => {
    board.place(handle, draft.numbers);
    handle.classList.toggle("untouched", !draft.touched);
    const words = axes.map((axis, i) => `${axis.name} ${short(draft.numbers[i])}`).join(", ");
    handle.ariaLabel = axes.length === 1 ? "Your mark" : `Your mark: ${words}. Move it with the arrow keys`;
    if (axes.length === 1) Object.assign(handle, { ariaValueNow: String(draft.numbers[0]), ariaValueText: short(draft.numbers[0]) });
    for (const [i, { input }] of fields.entries()) if (draft.touched) input.value = short(draft.numbers[i]);
  };
  const put = (/** @type {number} */ i, /** @type {number} */ value) => {
    draft.numbers[i] = value;
    draft.touched = true;
    show();
    changed();
  };
  const follow = (/** @type {PointerEvent} */ event) => {
    for (const [i, share] of board.at(event).slice(0, axes.length).entries()) put(i, Math.max(least, valueAt(axes[i], share)));
  };
  board.frame.addEventListener("pointerdown", (event) => {
    follow(event);
    drag(board.frame, event, follow, () => handle.focus({ preventScroll: true }));
  });
  handle.addEventListener("keydown", (event) => {
    for (const [i, axis] of axes.entries()) {
      const across = i === 0, step = keyStep(event.key, across) ?? (axes.length === 1 ? keyStep(event.key, false) : null);
      if (step === null) continue;
      const share = shareOf(axis, draft.numbers[i]) + step * (event.shiftKey ? 10 : 1);
      put(i, Math.max(least, valueAt(axis, within(share, 0, 1))));
      event.preventDefault();
      return;
    }
  });
  board.frame.append(handle);
  show();
  return [board.box, html("div", { className: "fields" }, ...fields.map(({ label }) => label))];
}

/** A field for one number above a bound. @param {string} name @param {number} bound @param {(value: number) => void} put */
function field(name, bound, put) {
  const input = html("input", { type: "text", inputMode: "decimal", autocomplete: "off" });
  const label = html("label", {}, html("span", {}, name), input);
  input.addEventListener("change", () => {
    const text = input.value.trim(), value = Number(text), usable = text !== "" && Number.isFinite(value) && value > bound;
    input.ariaInvalid = usable ? null : "true";
    if (usable) put(value);
  });
  return { input, label };
}

/** The board of a mark that was put, beside the true one. @param {Shown} data @returns {HTMLElement[]} */
export function seenMark({ axes, kind, given, numbers, result }) {
  const board = new Board(axes, kind);
  board.box.ariaHidden = "true"; // the words below say it
  for (const point of given) board.mark(point, "given", "start");
  if (result?.mark.length) board.mark(result.mark, "true", "programs");
  if (numbers.length) board.mark(numbers, "ghost", "you");
  return [board.box];
}
