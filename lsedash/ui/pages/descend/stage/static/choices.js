// What is looked at: the legend, whose entries hide and show a program, and the path's view.

import { element } from "./overlay.js";

/** @param {HTMLElement} box @param {import("./data.js").Run[]} runs @param {Set<string>} hidden */
export function drawLegend(box, runs, hidden, redraw) {
  const shown = runs.map((run) => run.key).join();
  if (box.dataset.shown === shown) return;
  box.dataset.shown = shown;
  box.replaceChildren(...runs.map((run) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.run = run.key;
    button.title = `Show or hide ${run.title}`;
    button.ariaPressed = String(!hidden.has(run.key));
    button.append(sample(run), run.title);
    button.addEventListener("click", () => {
      if (!hidden.delete(run.key)) hidden.add(run.key);
      button.ariaPressed = String(!hidden.has(run.key));
      redraw();
    });
    return button;
  }));
}

function sample(run) {
  const picture = element("svg", { viewBox: "0 0 46 12", "aria-hidden": "true" });
  picture.append(element("line", {
    x1: 0, x2: 46, y1: 6, y2: 6, stroke: run.colour, "stroke-width": run.width,
    "stroke-dasharray": run.dash.replaceAll("px", ""),
  }));
  return picture;
}

const TITLES = { coordinates: "Coordinates", modes: "Modes", space: "3-D" };
const MEANINGS = {
  coordinates: "Two coordinates of x; the contours are the exact slice through the limit",
  modes: "The steepest and the flattest direction; the contours are the exact slice through the limit",
  space: "All three coordinates, in a box that can be turned",
};

/** @param {{kind: string, across: number, up: number, kinds: string[], n: number, coordinates: string[]}} view */
export function drawViews(box, view, choose) {
  const said = JSON.stringify(view);
  if (box.dataset.shown === said) return;
  box.dataset.shown = said;
  box.replaceChildren();
  if (view.kinds.length < 2) return;
  for (const kind of view.kinds) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = TITLES[kind];
    button.title = MEANINGS[kind];
    button.ariaPressed = String(kind === view.kind);
    button.addEventListener("click", () => choose({ kind, across: view.across, up: view.up }));
    box.append(button);
  }
  if (view.kind !== "coordinates") return;
  const select = (name, chosen, taken, pick) => {
    const list = document.createElement("select");
    list.ariaLabel = name;
    for (let i = 0; i < view.n; i += 1) {
      const option = new Option(`${name === "Across" ? "→" : "↑"} ${view.coordinates[i]}`, String(i));
      option.disabled = i === taken;
      list.append(option);
    }
    list.value = String(chosen);
    list.addEventListener("change", () => choose({ kind: view.kind, ...pick(Number(list.value)) }));
    box.append(list);
  };
  select("Across", view.across, view.up, (across) => ({ across, up: view.up }));
  select("Up", view.up, view.across, (up) => ({ across: view.across, up }));
}
