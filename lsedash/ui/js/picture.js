// Pictures of charts: what is seen of a chart, with a title, a legend and a caption, on an opaque
// background, as one SVG or as a PNG of it.

/** @import { LegendEntry, Subject } from "./types.d.ts" */
import { svg } from "./elements.js";
import { fontsIn } from "./fonts.js";
import { inlined } from "./inlined.js";
import { backgroundOf } from "./page.js";
import { captionOf, inLines } from "./picture-words.js";

const PADDING = 12, SAMPLE = 46; // pixels
const TITLE = { size: 18, line: 28, weight: 700 }, TEXT = { size: 15, line: 21, weight: 400 };

/**
 * How a picture is made.
 * @typedef {object} Options
 * @property {"png" | "svg"} format
 * @property {Subject} subject
 * @property {LegendEntry[]} [legend]  of what the page shows outside the chart
 * @property {number} [scale]  pixels of a PNG for each pixel on the screen
 */

/**
 * A picture of a chart: of all drawings in an element, one over the other as on the screen.
 * @param {HTMLElement} chart @param {Options} options
 * @returns {Promise<Blob>}
 */
export async function picture(chart, { format, subject, legend = [], scale = 2 }) {
  const { drawing, width, height } = composed(chart, subject, legend);
  const style = document.createElementNS(drawing.namespaceURI, "style");
  style.textContent = await fontsIn(new XMLSerializer().serializeToString(drawing));
  drawing.prepend(style);
  const vector = () => new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" });
  if (format === "svg") return vector();
  drawing.setAttribute("width", String(scale * width));
  drawing.setAttribute("height", String(scale * height));
  return raster(vector(), scale * width, scale * height);
}

/** @param {Blob} vector @param {number} width @param {number} height @returns {Promise<Blob>} */
async function raster(vector, width, height) {
  const image = new Image(), address = URL.createObjectURL(vector);
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
  URL.revokeObjectURL(address);
  return new Promise((resolve, reject) => canvas.toBlob(
    (blob) => (blob ? resolve(blob) : reject(new Error("The browser made no PNG."))), "image/png",
  ));
}

/** The whole picture as a drawing. @param {HTMLElement} chart @param {Subject} subject @param {LegendEntry[]} legend */
function composed(chart, subject, legend) {
  const box = chart.getBoundingClientRect(), { color, fontFamily } = getComputedStyle(chart);
  const width = Math.ceil(box.width) + 2 * PADDING, room = width - 2 * PADDING;
  const drawing = svg("svg", { xmlns: "http://www.w3.org/2000/svg", fill: color, "font-family": fontFamily });
  const background = svg("rect", { fill: backgroundOf(chart) });
  drawing.append(background);
  let y = PADDING;
  const write = (/** @type {string[]} */ words, /** @type {typeof TEXT} */ font, /** @type {string} */ gap) => {
    const measure = measured(font, fontFamily);
    for (const line of inLines(words, measure, measure(gap), room)) {
      drawing.append(text(line.join(gap), PADDING, y + font.size, font));
      y += font.line;
    }
  };
  if (subject.heading) write(subject.heading.split(" "), TITLE, " ");
  y = drawLegend(drawing, legend, y, room, measured(TEXT, fontFamily));
  for (const part of drawingsIn(chart)) drawing.append(placed(part, box, y));
  y += Math.ceil(box.height) + PADDING / 2;
  write(captionOf(subject).split(" · "), TEXT, " · ");
  y += PADDING / 2;
  for (const element of [background, drawing]) {
    element.setAttribute("width", String(width));
    element.setAttribute("height", String(y));
  }
  drawing.setAttribute("viewBox", `0 0 ${width} ${y}`);
  return { drawing, width, height: y };
}

/** The drawings in a chart, but for the pictures on its buttons. @param {HTMLElement} chart */
function drawingsIn(chart) {
  return [...chart.querySelectorAll("svg")]
    .filter((part) => !part.closest(".modebar, button") && !part.parentElement?.closest("svg"));
}

/** A copy of a drawing at its position in the picture. @param {SVGSVGElement} part @param {DOMRect} box  of the chart @param {number} top */
function placed(part, box, top) {
  const copy = inlined(part), { left, top: above, width, height } = part.getBoundingClientRect();
  const attributes = { x: PADDING + left - box.left, y: top + above - box.top, width, height };
  for (const [name, value] of Object.entries(attributes)) copy.setAttribute(name, String(value));
  for (const name of ["position", "width", "height"]) copy.style.removeProperty(name);
  return copy;
}

/** Draw the entries of a legend below each other's lines; returns where they end. @param {SVGSVGElement} drawing @param {LegendEntry[]} legend @param {number} top @param {number} room @param {(words: string) => number} measure */
function drawLegend(drawing, legend, top, room, measure) {
  const lines = inLines(legend, ({ name }) => SAMPLE + 8 + measure(name), 16, room);
  lines.forEach((line, i) => {
    let x = PADDING;
    const y = top + i * TEXT.line;
    for (const { name, stroke } of line) {
      drawing.append(svg("line", { x1: x, x2: x + SAMPLE, y1: y + 10, y2: y + 10, ...stroke }));
      drawing.append(text(name, x + SAMPLE + 8, y + TEXT.size, TEXT));
      x += SAMPLE + 8 + measure(name) + 16;
    }
  });
  return top + lines.length * TEXT.line;
}

/** @param {string} words @param {number} x @param {number} y @param {typeof TEXT} font */
function text(words, x, y, { size, weight }) {
  const element = svg("text", { x, y, "font-size": size, "font-weight": weight });
  element.textContent = words;
  return element;
}

/** The width of words in a font. @param {typeof TEXT} font @param {string} family @returns {(words: string) => number} */
function measured({ size, weight }, family) {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return (words) => words.length * size;
  context.font = `${weight} ${size}px ${family}`;
  return (words) => context.measureText(words).width;
}
