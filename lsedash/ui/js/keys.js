// Keys that belong to the whole page.

// Sliders do not use Space, so it stays free after the rate was dragged.
const WANTS_SPACE = "input:not([type=range]), textarea, select, button, a, summary, label, dialog, [contenteditable], "
  + "[popover], [role=button], [role=option], [role=listbox], [role=combobox], [role=dialog]";

/**
 * Act whenever Space is pressed and nothing else wants it, as long as an element is in the page.
 * @param {Element} element @param {() => void} act
 */
export function onFreeSpace(element, act) {
  const listener = (/** @type {KeyboardEvent} */ event) => {
    if (!element.isConnected) document.removeEventListener("keydown", listener);
    else if (event.key === " " && !event.defaultPrevented && !isTaken(event)) {
      event.preventDefault();
      act();
    }
  };
  document.addEventListener("keydown", listener);
}

/** Whether a key press is meant for the element that it is on. @param {KeyboardEvent} event */
function isTaken({ target, ctrlKey, metaKey, altKey }) {
  return ctrlKey || metaKey || altKey || (target instanceof Element && target.closest(WANTS_SPACE) !== null);
}
