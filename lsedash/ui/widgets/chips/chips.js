/** Chips on the axis of alpha * lambda_max: drag them, or use the arrow keys; Delete takes one away. */

const END = 2.3; // of the axis; the edge is at 2
const LEAST = 1e-6;
const MOST = 6;

export default function chips({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".lsedash-chips");
  const sent = JSON.stringify(data);
  if (place.dataset.sent === sent) return;
  place.dataset.sent = sent;
  draw(place, [...data.rates], data, (rates) => {
    place.dataset.sent = ""; // whatever comes next is drawn, even what was there before
    setTriggerValue("rates", rates);
  });
}

/** Show the rates at once; `tell` is called with all of them whenever a hand has changed them. */
function draw(place, rates, data, tell) {
  const focused = place.contains(document.activeElement) && document.activeElement.dataset.chip;
  const change = (next, focus) => {
    draw(place, next, data, tell);
    place.querySelector(`[data-chip="${Math.min(focus, next.length)}"]`)?.focus();
    tell(next);
  };
  place.replaceChildren(axis());
  rates.forEach((_, i) => place.firstChild.append(chip(i, rates, data, tell, change)));
  if (rates.length < MOST) place.append(adder(rates, data, change));
  if (focused) place.querySelector(`[data-chip="${focused}"]`)?.focus();
}

function axis() {
  const line = document.createElement("div");
  line.className = "lsedash-chips-axis";
  const parts = [["monotone", 1, "monotone, 0 to 1"], ["oscillating", 1, "oscillating, 1 to 2"], ["growing", END - 2, "growing"]];
  for (const [kind, width, words] of parts) {
    const part = document.createElement("span");
    part.className = kind;
    part.style.width = `${(100 * width) / END}%`;
    part.textContent = words;
    line.append(part);
  }
  return line;
}

const within = (step) => Math.min(Math.max(step, LEAST), END);
const short = (rate) => String(Number(rate.toPrecision(4)));

function chip(i, rates, data, tell, change) {
  const button = document.createElement("button");
  const show = () => {
    const step = rates[i] * data.top;
    button.style.left = `${(100 * within(step)) / END}%`;
    button.ariaValueNow = short(within(step));
    button.ariaValueText = `${short(rates[i])}; alpha times lambda max is ${short(step)}`;
    button.title = `α = ${short(rates[i])}: drag it or use the arrow keys; Delete takes it away`;
  };
  Object.assign(button, { type: "button", className: "lsedash-chip", textContent: String(i + 1) });
  button.dataset.chip = String(i + 1);
  button.style.setProperty("--chip", data.colours[i % data.colours.length]);
  button.setAttribute("role", "slider");
  Object.assign(button, { ariaLabel: `learning rate ${i + 1}`, ariaValueMin: "0", ariaValueMax: String(END) });
  const move = (step) => {
    rates[i] = Number((within(step) / data.top).toPrecision(4));
    show();
  };
  button.onpointerdown = (event) => {
    const box = button.parentElement.getBoundingClientRect();
    const before = rates[i];
    button.setPointerCapture(event.pointerId);
    button.onpointermove = (moved) => move((END * (moved.clientX - box.left)) / box.width);
    button.onlostpointercapture = () => {
      button.onpointermove = button.onlostpointercapture = null;
      if (rates[i] !== before) tell([...rates]);
    };
  };
  button.onkeydown = (event) => {
    const steps = { ArrowLeft: -0.01, ArrowDown: -0.01, ArrowRight: 0.01, ArrowUp: 0.01, PageDown: -0.1, PageUp: 0.1 };
    const ends = { Home: LEAST, End: END };
    if (event.key in steps || event.key in ends) {
      move(event.key in ends ? ends[event.key] : rates[i] * data.top + steps[event.key]);
      tell([...rates]);
    } else if (["Delete", "Backspace"].includes(event.key) && rates.length > 1) {
      change(rates.filter((_, other) => other !== i), i + 1);
    } else return;
    event.preventDefault();
  };
  show();
  return button;
}

/** A further rate, in the middle of the widest gap. */
function adder(rates, data, change) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "lsedash-chips-add", textContent: "+ rate" });
  button.onclick = () => {
    const steps = [0, ...rates.map((rate) => within(rate * data.top)).sort((a, b) => a - b), END];
    const gaps = steps.slice(1).map((step, i) => [step - steps[i], (step + steps[i]) / 2]);
    const [, middle] = gaps.sort((a, b) => b[0] - a[0])[0];
    change([...rates, Number((middle / data.top).toPrecision(4))], rates.length + 1);
  };
  return button;
}
