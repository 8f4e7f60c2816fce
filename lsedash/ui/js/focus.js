// The place of the focus, which survives that the page is drawn anew. Streamlit takes the focus from its
// fields while the line is down, and a server that was started again draws other fields in their places.

const KEYED = '[class*="st-key-"]';

/** @typedef {{element: HTMLElement, name: string, tag: string, index: number}} Place */

export class Focus {
  /** Where the focus is, or was when a field was disabled under it. @type {Place | null} */
  #place = null;

  constructor() {
    document.addEventListener("focusin", ({ target }) => { this.#place = placeOf(target); });
    document.addEventListener("focusout", ({ target }) => {
      if (target instanceof Element && !target.matches(":disabled")) this.#place = null;
    });
  }

  /** Give the focus back to where it was, unless something else has it. */
  giveBack() {
    const { activeElement, body } = document;
    if (!this.#place || (activeElement && activeElement !== body)) return;
    const { element } = this.#place, again = element.isConnected ? element : nowAt(this.#place);
    again?.focus({ preventScroll: true });
  }
}

/** @param {EventTarget | null} element @returns {Place | null} */
function placeOf(element) {
  const box = element instanceof HTMLElement && element.closest(KEYED);
  if (!box) return null;
  const tag = element.localName, index = [...box.querySelectorAll(tag)].indexOf(element);
  return { element, name: nameOf(box.className), tag, index };
}

/** The element that stands in a place now. @param {Place} place */
function nowAt({ name, tag, index }) {
  const box = [...document.querySelectorAll(KEYED)].find(({ className }) => nameOf(className) === name);
  const element = box?.querySelectorAll(tag)[index];
  return element instanceof HTMLElement ? element : undefined;
}

/** The name of the field or component with these classes, without the numbers of a field: see `ui/state/field.py`. @param {string} classes */
export function nameOf(classes) {
  return (/st-key-(\S+)/.exec(classes)?.[1] ?? "").replace(/_\d+_\d+$/, "");
}
