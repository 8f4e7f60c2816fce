// Elements of the page: make them, find them, drag them.

const SVG = "http://www.w3.org/2000/svg";

/**
 * A new element with these properties and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function html(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

/**
 * A new element of a drawing.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Record<string, string | number>} attributes
 */
export function svg(tag, attributes = {}) {
  const element = document.createElementNS(SVG, tag);
  setAll(element, attributes);
  return element;
}

/**
 * A word of the glossary, which opens its meaning.
 * @param {string} word  as the glossary has it @param {...(Node | string)} text
 */
export function term(word, ...text) {
  const button = html("button", { type: "button", className: "term", ariaHasPopup: "dialog" }, ...text);
  button.dataset.term = word;
  return button;
}

/** @param {Element} element @param {Record<string, string | number>} attributes */
export function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/**
 * The element that a selector finds; an error if there is none.
 * @template {Element} [Kind=HTMLElement]
 * @param {Element} root @param {string} selector @param {new () => Kind} [kind]
 */
export function part(root, selector, kind) {
  const element = root.querySelector(selector);
  if (!(element instanceof (kind ?? HTMLElement))) throw new Error(`There is no ${selector}.`);
  return /** @type {Kind} */ (element);
}

/** The index of the element in a list that has the focus; -1 if none has. @param {(Element | null)[]} elements */
export function focusedIndex(elements) {
  return elements.indexOf(document.activeElement);
}

const FIELDS = "input:not([type=range]), textarea, select, [contenteditable]";
const CONTROLS = `${FIELDS}, input, button, a, summary, [role=slider], [role=button], [role=radio]`;

/** Whether an element does something of its own with a key: all controls with Space, fields with letters. @param {EventTarget | null} target @param {string} key */
export function wantsKey(target, key) {
  return target instanceof Element && target.closest(key === " " ? CONTROLS : FIELDS) !== null;
}

/**
 * Follow the pointer that was pressed on an element until it lets go.
 * @param {HTMLElement | SVGElement} element @param {PointerEvent} press
 * @param {(event: PointerEvent) => void} follow @param {() => void} release
 */
export function drag(element, press, follow, release) {
  const listener = /** @type {EventListener} */ (follow);
  element.setPointerCapture(press.pointerId);
  element.addEventListener("pointermove", listener);
  element.addEventListener("lostpointercapture", () => {
    element.removeEventListener("pointermove", listener);
    release();
  }, { once: true });
}
