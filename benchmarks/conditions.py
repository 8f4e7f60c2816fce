"""What the browser watches and waits for, in its own language."""

WATCH_FRAMES = """selector => {
  const path = document.querySelector(selector);
  const seen = window.frames_drawn = [];
  window.changing = 0; // moves that change the picture: where the handle snaps, some do not
  if (!window.counted) {
    let before;
    window.addEventListener("pointermove", () => { before = path.getAttribute("d"); }, true);
    window.addEventListener("pointermove", () => {
      if (path.getAttribute("d") !== before) window.changing += 1;
    });
  }
  window.counted = true;
  let last = path.getAttribute("d");
  const look = (now) => {
    const d = path.getAttribute("d");
    if (d !== last) seen.push(now);
    last = d;
    window.watching = requestAnimationFrame(look);
  };
  window.watching = requestAnimationFrame(look);
}"""

PAINTED = """condition => new Promise((resolve) => {
  const began = window.pressed, holds = new Function("return " + condition);
  const look = () => {
    if (!holds()) { requestAnimationFrame(look); return; }
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
  };
  look();
})"""
NOTE_PRESS = """() => document.addEventListener("keydown", () => {
  window.pressed = performance.now();
}, true)"""
USABLE = """document.querySelector(
  '[data-testid=stage]:is([data-state=verified], [data-state=disagrees])')"""
CHARTS = """[...document.querySelectorAll('.js-plotly-plot')].filter((el) =>
  el.layout?.meta?.at === AT && el.querySelector('.scatterlayer path.js-line')).length === 2"""


DRAWN = """[...document.querySelectorAll('.js-plotly-plot')].filter((el) =>
  el.querySelector('.scatterlayer path.js-line')).length === COUNT"""
