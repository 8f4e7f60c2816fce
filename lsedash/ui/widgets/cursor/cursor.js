/** One iteration k, chosen by a slider or by pointing at a chart, and marked in all charts. */

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 9; // pixels
const FARTHEST = 1e5; // pixels; what is further away is not marked
const PACE = 90; // milliseconds for one point of the playback
const REDUCED = window.matchMedia("(prefers-reduced-motion: reduce)");

export default function cursor({ parentElement, data }) {
  const place = parentElement.querySelector(".lsedash-cursor");
  place.cursor?.leave();
  place.cursor = new Cursor(place, data, place.cursor);
  return () => place.cursor.leave();
}

class Cursor {
  /** @param {HTMLElement} place @param {object} data  as Python sent it @param {Cursor} [former] */
  constructor(place, data, former) {
    this.place = place;
    this.data = data;
    this.controls(former);
    this.index = former ? Math.min(former.index, this.last) : Math.min(5, this.last);
    this.onPointer = (event) => this.point(event);
    document.addEventListener("pointermove", this.onPointer);
    // Streamlit makes a chart anew whenever it changes, and later than this slider.
    this.observer = new MutationObserver(() => this.later());
    this.observer.observe(place.closest("[data-testid=stMain]"), { childList: true, subtree: true });
    this.resized = () => this.later();
    window.addEventListener("resize", this.resized);
    this.moveTo(this.index);
  }

  get last() {
    return this.data.ks.length - 1;
  }

  controls(former) {
    [this.button, this.slider, this.output] = former
      ? [former.button, former.slider, former.output]
      : ["button", "input", "output"].map((name) => document.createElement(name));
    Object.assign(this.button, { type: "button", textContent: "▶ Play", onclick: () => this.toggle() });
    Object.assign(this.slider, { type: "range", min: "0", max: String(this.last), step: "1" });
    this.slider.ariaLabel = "iteration k";
    this.slider.oninput = () => {
      this.pause();
      this.moveTo(Number(this.slider.value));
    };
    if (former) return;
    const hint = Object.assign(document.createElement("small"), { textContent: "or point at a chart" });
    this.place.append(this.button, this.slider, hint, this.output);
  }

  leave() {
    this.pause();
    cancelAnimationFrame(this.waiting);
    this.observer.disconnect();
    document.removeEventListener("pointermove", this.onPointer);
    window.removeEventListener("resize", this.resized);
    for (const mark of document.querySelectorAll(".lsedash-mark")) mark.remove();
  }

  moveTo(index) {
    this.index = Math.min(Math.max(index, 0), this.last);
    this.slider.value = String(this.index);
    this.place.dataset.k = String(this.data.ks[this.index]);
    this.mark();
  }

  later() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      if (this.place.isConnected) this.mark();
    });
  }

  /** Mark k in every chart that is there. */
  mark() {
    let outside = false;
    for (const chart of this.data.charts) {
      const drawn = plotted(chart.key);
      if (!drawn) continue;
      const [x, y] = at(chart, drawn, this.index);
      const ring = child(drawn.layer, "circle");
      const seen = Math.abs(x) < FARTHEST && Math.abs(y) < FARTHEST;
      outside ||= !(within(x, drawn.xaxis._length) && within(y, drawn.yaxis._length));
      ring.style.display = seen ? "" : "none";
      if (seen) put(ring, { cx: x.toFixed(1), cy: y.toFixed(1), r: RADIUS });
      if (chart.along && seen) {
        put(child(drawn.layer, "line"), { x1: x.toFixed(1), x2: x.toFixed(1), y1: 0, y2: drawn.yaxis._length });
      }
    }
    this.say(this.data.texts[this.index] + (outside ? " · outside a chart's window" : ""));
  }

  say(text) {
    this.slider.ariaValueText = text;
    if (this.output.textContent !== text) this.output.textContent = text; // the observer sees it
  }

  /** Follow a pointer over one of the charts. */
  point(event) {
    const chart = this.data.charts.find(({ key }) => event.target.closest?.(`.st-key-${key}`));
    const drawn = chart && plotted(chart.key);
    if (!drawn || this.timer) return;
    const box = drawn.plot.getBoundingClientRect();
    const x = event.clientX - box.left - drawn.xaxis._offset, y = event.clientY - box.top - drawn.yaxis._offset;
    if (x < 0 || y < 0 || x > drawn.xaxis._length || y > drawn.yaxis._length) return;
    let nearest = this.index, least = Infinity;
    for (let i = 0; i <= this.last; i += 1) {
      const [across, up] = at(chart, drawn, i);
      const distance = chart.along ? Math.abs(across - x) : Math.hypot(across - x, up - y);
      if (distance < least) [nearest, least] = [i, distance];
    }
    if (nearest !== this.index) this.moveTo(nearest);
  }

  toggle() {
    if (this.timer) return this.pause();
    if (this.index === this.last) this.moveTo(0);
    this.button.textContent = "❚❚ Pause";
    this.timer = setInterval(() => {
      this.moveTo(this.index + 1);
      if (this.index === this.last) this.pause();
    }, REDUCED.matches ? 10 * PACE : PACE);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.textContent = "▶ Play";
  }
}

const within = (place, length) => place >= -1 && place <= length + 1;

/** Plotly's chart of this key, once it is drawn. */
function plotted(key) {
  const plot = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const layer = plot?.querySelector(".scatterlayer")?.parentNode;
  return layer && plot._fullLayout?.xaxis ? { plot, layer, ...axes(plot) } : null;
}

const axes = (plot) => ({ xaxis: plot._fullLayout.xaxis, yaxis: plot._fullLayout.yaxis });

/** Where a chart has point i, in pixels of its plot; nan where it has not. */
function at({ x, y }, { xaxis, yaxis }, i) {
  return [x[i] === null ? NaN : xaxis.d2p(x[i]), y[i] === null ? NaN : yaxis.d2p(y[i])];
}

/** The mark of this shape in a chart, made if there is none yet. */
function child(layer, shape) {
  const found = layer.querySelector(`${shape}.lsedash-mark`);
  if (found) return found;
  const made = document.createElementNS(SVG, shape);
  made.setAttribute("class", "lsedash-mark");
  layer.append(made);
  return made;
}

function put(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
