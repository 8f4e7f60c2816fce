// The box that shows the meaning of a word beside what opened it.

import { html } from "./elements.js";

const GAP = 6; // pixels between a word and its meaning

/** @param {HTMLElement} box @param {HTMLElement} opener  has the word @param {string} meaning @param {...HTMLElement} more  below it */
export function showMeaning(box, opener, meaning, ...more) {
  const word = opener.dataset.term ?? "";
  box.replaceChildren(html("p", {}, html("b", { textContent: word }), ` ${meaning}`), ...more);
  box.ariaLabel = word;
  box.showPopover();
  place(box, opener.getBoundingClientRect());
  box.focus({ preventScroll: true });
}

/** Put a box below a place, or above it if there is no room. @param {HTMLElement} box @param {DOMRect} at */
function place(box, at) {
  const { width, height } = box.getBoundingClientRect(), below = at.bottom + GAP;
  const top = below + height < window.innerHeight ? below : at.top - GAP - height;
  const left = Math.min(at.left, window.innerWidth - width - GAP);
  Object.assign(box.style, { left: `${Math.max(left, GAP)}px`, top: `${Math.max(top, GAP)}px` });
}
