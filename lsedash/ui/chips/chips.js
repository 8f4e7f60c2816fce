/** Chips on the axis of alpha * lambda_max: drag them, or use the arrow keys; Delete takes one away. */

const END = 2.3; // of the axis; the edge is at 2
const MOST = 6;

export default function chips({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".chips");
  if (place.dataset.rates === JSON.stringify(data.rates) && place.dataset.top === String(data.top)) return;
  place.dataset.rates = JSON.stringify(data.rates);
  place.dataset.top = String(data.top);
  const focused = place.contains(document.activeElement) && document.activeElement.dataset.chip;
  const rates = [...data.rates];
  const tell = () => setTriggerValue("rates", [...rates]);
  place.replaceChildren(axis());
  rates.forEach((_, i) => place.firstChild.append(chip(i, data, rates, tell)));
  if (rates.length < MOST) place.append(adder(data, rates, tell));
  if (focused) place.querySelector(`[data-chip="${focused}"]`)?.focus();
}

function axis() {
  const line = document.createElement("div");
  line.className = "chips-axis";
  for (const [kind, width] of [["monotone", 1], ["oscillating", 1], ["growing", END - 2]]) {
    const part = document.createElement("span");
    part.className = kind;
    part.style.width = `${(100 * width) / END}%`;
    part.textContent = kind;
    line.append(part);
  }
  return line;
}

const at = (rate, top) => `${(100 * Math.min(Math.max(rate * top, 0), END)) / END}%`;
const short = (rate) => String(Number(rate.toPrecision(4)));

function chip(i, data, rates, tell) {
  const button = document.createElement("button");
  const show = () => {
    button.style.left = at(rates[i], data.top);
    button.setAttribute("aria-valuenow", short(rates[i] * data.top));
    button.setAttribute("aria-valuetext", `${short(rates[i])}, alpha times lambda max ${short(rates[i] * data.top)}`);
    button.title = `α = ${short(rates[i])}; arrow keys move it, Delete takes it away`;
  };
  Object.assign(button, { type: "button", className: "chip", textContent: String(i + 1) });
  button.dataset.chip = String(i + 1);
  button.style.setProperty("--chip", data.colours[i % data.colours.length]);
  for (const [name, value] of Object.entries({
    role: "slider", "aria-label": `learning rate ${i + 1}`, "aria-valuemin": "0", "aria-valuemax": String(END),
  })) button.setAttribute(name, value);
  const move = (step) => {
    rates[i] = Number((Math.min(Math.max(step, 1e-6), END) / data.top).toPrecision(4));
    show();
  };
  button.onpointerdown = (event) => {
    button.setPointerCapture(event.pointerId);
    const box = button.parentElement.getBoundingClientRect();
    button.onpointermove = (moved) => move((END * (moved.clientX - box.left)) / box.width);
    button.onpointerup = () => {
      button.onpointermove = button.onpointerup = null;
      tell();
    };
  };
  button.onkeydown = (event) => {
    const steps = { ArrowLeft: -0.01, ArrowDown: -0.01, ArrowRight: 0.01, ArrowUp: 0.01, PageDown: -0.1, PageUp: 0.1 };
    if (event.key in steps) move(rates[i] * data.top + steps[event.key]);
    else if (["Delete", "Backspace"].includes(event.key) && rates.length > 1) rates.splice(i, 1);
    else return;
    event.preventDefault();
    tell();
  };
  show();
  return button;
}

function adder(data, rates, tell) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "chips-add", textContent: "+ rate" });
  button.onclick = () => {
    rates.push(Number((1 / data.top).toPrecision(4)));
    tell();
  };
  return button;
}
