// A finger that swipes over a chart scrolls the page. Plotly would zoom instead and hold the page still,
// so it gets no touches; after a tap the browser sends it the events of a mouse, as everywhere. And a number field
// that is given what does not fit says so.

import { watchNumberFields } from "../../js/number-fields.js";
import { isDraggedByPlotly } from "../../js/overlay.js";

/** @param {TouchEvent} event */
function keepFromPlotly(event) {
  if (isDraggedByPlotly(event.target)) event.stopPropagation();
}

export function update() { // a listener that is there already is not added again
  document.addEventListener("touchstart", keepFromPlotly, { capture: true, passive: true });
  watchNumberFields();
}
