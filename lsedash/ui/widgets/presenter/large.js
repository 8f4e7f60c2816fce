// What fills the screen: the stage, or one chart of another page, scaled up as a whole; a page without charts
// fills it as it is. In a frame of another page the stage fills the frame. Charts come and go with every answer of
// Python, so the page is watched.

import { alertsIn, boxOf, chartsIn, mainPart } from "../../js/page.js";

const LEAST = 1.72; // 14 pixels, the smallest letters of a chart, become 24
const NARROWEST = 480; // pixels, as wide as a chart must be for its labels
const FRAME = 600; // pixels of width from which on the stage fills a frame, and a screen
const AGAIN = 1.001; // Plotly leaves a legend on the curves whose rows have become fewer, until it draws once more
const root = document.documentElement;

export class Large {
  number = 0;

  #waiting = 0;

  // What changes within the stage, at every move of a drag, moves nothing outside.
  #changes = new MutationObserver((changes) => {
    if (changes.some(({ target }) => !(target instanceof Element && target.closest("[data-testid=stage]")))) this.#soon();
  });

  #sizes = new ResizeObserver(() => this.#soon());

  constructor() {
    window.addEventListener("resize", () => this.#soon());
  }

  /** Show one of the charts. @param {number} number  counted from 1; 0 shows the page as it is */
  show(number) {
    this.number = number;
    const main = mainPart(), watched = number > 0 || "embed" in root.dataset;
    this.#changes.disconnect();
    this.#sizes.disconnect();
    if (main && watched) this.#changes.observe(main, { childList: true, subtree: true });
    this.#fill();
  }

  #soon() {
    cancelAnimationFrame(this.#waiting);
    this.#waiting = requestAnimationFrame(() => this.#fill());
  }

  #fill() {
    const main = mainPart(), stage = main?.querySelector("[data-testid=stage]"), fills = this.number > 0 || "embed" in root.dataset;
    root.toggleAttribute("data-filled", Boolean(stage) && fills && window.innerWidth >= FRAME);
    root.style.setProperty("--above", `${fills && main ? above(main, stage) : 0}px`);
    markKept(main);
    const chart = main && !stage ? this.#chart(main) : undefined, box = chart && boxOf(chart);
    for (const other of document.querySelectorAll("[data-large]")) {
      if (other !== box && other !== root) other.removeAttribute("data-large");
    }
    if (this.number) root.dataset.large = stage ? "stage" : box ? "chart" : "page";
    else delete root.dataset.large;
    if (chart && box instanceof HTMLElement) this.#scale(chart, box);
  }

  /** The chart that was chosen, or the last one; none beside a lesson's prediction. @param {HTMLElement} main */
  #chart(main) {
    const charts = this.number && !main.querySelector(".prediction") ? chartsIn(main) : [];
    return charts[Math.min(this.number, charts.length) - 1];
  }

  /** @param {HTMLElement} chart @param {HTMLElement} box */
  #scale(chart, box) {
    const keys = document.querySelector(".presenter-keys")?.clientHeight ?? 0, { innerWidth, innerHeight } = window;
    const room = innerHeight - keys - Number.parseFloat(root.style.getPropertyValue("--above"));
    box.dataset.large ??= "";
    if (isDrawnIn(chart, box)) box.dataset.large = "again";
    const fitting = Math.min(room / Math.max(chart.offsetHeight, 1), innerWidth / NARROWEST);
    const scale = Math.max(fitting, LEAST) * (box.dataset.large === "again" ? AGAIN : 1);
    box.style.setProperty("--scale", String(scale));
    this.#sizes.observe(chart);
  }
}

/** Mark what stays on the screen beside a chart: alerts and the bar of a lesson. @param {HTMLElement | null} main */
function markKept(main) {
  const kept = main ? [...alertsIn(main), ...main.querySelectorAll(".lesson-bar")] : [];
  root.toggleAttribute("data-lesson", Boolean(main?.querySelector(".lesson-bar")));
  for (const former of document.querySelectorAll("[data-keeps]")) former.removeAttribute("data-keeps");
  for (const element of kept) {
    for (let box = element.parentElement; box && box !== main; box = box.parentElement) box.dataset.keeps = "";
  }
}

/** The pixels above the stage, or down to the lower edge of a lesson's bar. @param {HTMLElement} main @param {Element | null | undefined} stage */
function above(main, stage) {
  const bar = main.querySelector(".lesson-bar"), box = (stage ?? bar)?.getBoundingClientRect();
  return box ? Math.max(Math.round((stage ? box.top : box.bottom) + main.scrollTop), 0) : 0;
}

/** Whether Plotly has drawn a chart in the width of its box. @param {HTMLElement} chart @param {HTMLElement} box */
function isDrawnIn(chart, box) {
  const width = Number(chart.querySelector("svg")?.getAttribute("width"));
  return Math.abs(width - box.clientWidth) < 1;
}
