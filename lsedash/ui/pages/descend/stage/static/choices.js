// The visitor's choices: the legend, whose entries show or hide a program, and the path's view.

/** @import { Data, Run, ViewChoice, ViewChoices } from "../../../../js/types.d.ts" */
import { html, svg } from "../../../../js/elements.js";
import { legendHint } from "./words.js";

/** @param {HTMLElement} box @param {Pick<Data, "runs" | "absent">} data @param {Set<string>} hidden @param {() => void} redraw */
export function drawLegend(box, { runs, absent }, hidden, redraw) {
  const shown = [...runs.map((run) => run.key), ...absent].join();
  if (box.dataset.shown === shown) return;
  box.dataset.shown = shown;
  box.replaceChildren(...runs.map((run) => {
    const button = html("button", { type: "button", title: `Show or hide ${run.title}` }, sample(run), run.title);
    button.dataset.run = run.key;
    button.ariaPressed = String(!hidden.has(run.key));
    button.addEventListener("click", () => {
      if (!hidden.delete(run.key)) hidden.add(run.key);
      button.ariaPressed = String(!hidden.has(run.key));
      redraw();
    });
    return button;
  }), html("small", { className: "legend-hint" }, legendHint(absent)));
}

/** @param {Run} run */
function sample(run) {
  const picture = svg("svg", { viewBox: "0 0 46 12", "aria-hidden": "true" });
  picture.append(svg("line", {
    x1: 0, x2: 46, y1: 6, y2: 6, stroke: run.colour, "stroke-width": run.width,
    "stroke-dasharray": run.dash.replaceAll("px", ""),
  }));
  return picture;
}

/** Offer the conventions for the loss. @param {HTMLSelectElement} select @param {Data["spoken"]} spoken @param {string} [asked]  of Python, not yet answered */
export function drawConventions(select, { key, choices }, asked) {
  if (!select.options.length) {
    select.replaceChildren(...Object.entries(choices).map(([value, title]) => html("option", { value }, title)));
  }
  select.value = asked ?? key;
}

const TITLES = { coordinates: "Coordinates", modes: "Modes", space: "3-D", fit: "Fit", rows: "Rows" };
const PARABOLA = { title: "Parabola", meaning: "The loss against the only unknown." };
const MEANINGS = {
  coordinates: "Two coordinates of x; the contours show the loss in the plane through the limit.",
  modes: "The steepest and the flattest mode; the contours show the loss in the plane through the limit.",
  space: "All three coordinates, in a box that you can turn.",
  fit: "The data, and what A x makes of them.",
  rows: "Each row of A x = b as a line in the plane of the unknowns, under the path.",
};

/**
 * @param {HTMLElement} box @param {ViewChoices} view @param {{residuals: boolean, draw: () => void}} picture
 * @param {(choice: ViewChoice) => void} choose
 */
export function drawViews(box, view, picture, choose) {
  const shown = JSON.stringify([view, picture.residuals]);
  if (box.dataset.shown === shown) return;
  box.dataset.shown = shown;
  box.replaceChildren();
  const { across, up, n } = view;
  for (const kind of view.kinds) {
    const { title, meaning } = n === 1 && kind === "coordinates" ? PARABOLA : { title: TITLES[kind], meaning: MEANINGS[kind] };
    const button = html("button", { type: "button", title: meaning }, title);
    button.ariaPressed = String(kind === view.kind);
    button.addEventListener("click", () => choose({ kind, across, up }));
    box.append(button);
  }
  if (view.kind === "fit" || view.kind === "rows") box.append(residualsButton(picture));
  if (view.kind !== "coordinates" || n < 3 || view.fixed) return;
  box.append(
    coordinateList("Across", "→", view.coordinates, across, up, (chosen) => choose({ kind: view.kind, across: chosen, up })),
    coordinateList("Up", "↑", view.coordinates, up, across, (chosen) => choose({ kind: view.kind, across, up: chosen })),
  );
}

/** The button that shows the residuals, or hides them. @param {{residuals: boolean, draw: () => void}} picture */
function residualsButton(picture) {
  const button = html("button", { type: "button", title: "Show or hide A x − b of every row" }, "Residuals");
  button.ariaPressed = String(picture.residuals);
  button.addEventListener("click", () => {
    picture.residuals = !picture.residuals;
    button.ariaPressed = String(picture.residuals);
    picture.draw();
  });
  return button;
}

/**
 * A list to choose a coordinate from.
 * @param {string} name @param {string} arrow @param {string[]} coordinates
 * @param {number} chosen @param {number} taken  the other axis's coordinate @param {(chosen: number) => void} choose
 */
function coordinateList(name, arrow, coordinates, chosen, taken, choose) {
  const list = html("select", { ariaLabel: name }, ...coordinates.map((coordinate, i) =>
    Object.assign(new Option(`${arrow} ${coordinate}`, String(i)), { disabled: i === taken })));
  list.value = String(chosen);
  list.addEventListener("change", () => choose(Number(list.value)));
  return list;
}
