// Copies of drawings that look the same without the style sheets of the page.

const INHERITED = [
  "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
  "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "font-family", "font-size", "font-style",
  "font-weight", "text-anchor", "dominant-baseline", "paint-order", "visibility",
];
const UNSEEN = ".draglayer, .hoverlayer, .zoomlayer"; // of Plotly: areas that feel the pointer, labels under it

/**
 * A copy of a drawing with all its styles. An element that has `data-pictured` gets this as its text.
 * @param {SVGSVGElement} original
 */
export function inlined(original) {
  const copy = /** @type {SVGSVGElement} */ (original.cloneNode(true));
  settle(original, copy, []);
  for (const element of copy.querySelectorAll(UNSEEN)) element.remove();
  for (const element of copy.querySelectorAll("[data-pictured]")) {
    element.textContent = element.getAttribute("data-pictured");
  }
  return copy;
}

/** Write the styles of an element and of its children into their copies. @param {SVGElement} original @param {SVGElement} copy @param {string[]} outer  the parent's inherited styles */
function settle(original, copy, outer) {
  const style = getComputedStyle(original), values = INHERITED.map((name) => style.getPropertyValue(name));
  values.forEach((value, i) => {
    const name = INHERITED[i];
    if (value !== outer[i] || copy.hasAttribute(name)) copy.style.setProperty(name, value);
  });
  if (style.opacity !== "1") copy.style.opacity = style.opacity;
  copy.removeAttribute("tabindex");
  const copies = [...copy.children];
  [...original.children].forEach((child, i) => {
    const childCopy = copies[i];
    if (!(child instanceof SVGElement && childCopy instanceof SVGElement)) return;
    if (getComputedStyle(child).display === "none") childCopy.remove();
    else settle(child, childCopy, values);
  });
}
