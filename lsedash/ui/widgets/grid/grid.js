// The augmented grid: one labelled <input> per entry of A, b and x0, kept as typed.
// Python owns the numbers; this file only shows texts and reports them back when one changes.

/** @typedef {{A: string[][], b: string[], x0: string[]}} Cells */
/** @typedef {Cells & {revision: number, most: number, fault: null |
 *   {field: string, row: number, column: number | null, message: string}}} Data */

const MINUS = "\u2212";

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  const root = parentElement.querySelector(".grid");
  // A new revision means that Python replaced the contents; otherwise what is typed here is newer.
  if (root.dataset.revision !== String(data.revision)) {
    root.dataset.revision = String(data.revision);
    root.cells = { A: data.A.map((row) => [...row]), b: [...data.b], x0: [...data.x0] };
    draw(root, data);
  }
  root.report = () => setStateValue("cells", { ...root.cells, revision: data.revision });
  root.paste = (block) => setTriggerValue("block", block);
  mark(root, data.fault);
}

/** @param {HTMLElement} root @param {Data} data */
function draw(root, data) {
  const { A, b, x0 } = root.cells;
  const n = x0.length;
  root.style.setProperty("--columns", String(n));
  root.replaceChildren(
    label("", "corner"),
    ...x0.map((_, j) => label(`x${subscript(j + 1)}`, "head")),
    label("b", "head right"),
    ...A.flatMap((row, i) => [
      label(String(i + 1), "side"),
      ...row.map((text, j) => input(root, text, "A", i, j)),
      input(root, b[i], "b", i, null),
    ]),
    label("x0", "side start"),
    ...x0.map((text, j) => input(root, text, "x0", j, null)),
    label("", "corner"),
    buttons(root, data),
  );
}

function label(text, kind) {
  const element = document.createElement("span");
  element.className = kind;
  element.textContent = text;
  element.ariaHidden = "true"; // every input carries its full name
  return element;
}

function input(root, text, field, row, column) {
  const element = document.createElement("input");
  element.value = text;
  element.className = field;
  element.dataset.cell = column === null ? `${field}-${row + 1}` : `${field}-${row + 1}-${column + 1}`;
  element.ariaLabel = column === null
    ? `${field === "x0" ? "start x0" : field}, entry ${row + 1}`
    : `${field}, row ${row + 1}, column ${column + 1}`;
  element.inputMode = "text";
  element.autocomplete = "off";
  element.spellcheck = false;
  element.title = text;
  element.addEventListener("focus", () => element.select());
  element.addEventListener("change", () => {
    element.title = element.value;
    if (column === null) root.cells[field][row] = element.value;
    else root.cells[field][row][column] = element.value;
    root.report();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(root, element, event);
  });
  element.addEventListener("paste", (event) => {
    const block = event.clipboardData.getData("text");
    if (!/[\t\n;]|[^\s,][\s,]+[^\s,]/.test(block.trim().replace(/\s*\/\s*/g, "/"))) return;
    event.preventDefault(); // more than one number: Python reads it
    root.paste({ text: block, field, row, column: column ?? 0 });
  });
  return element;
}

/** Up and down stay in the column, as in a spreadsheet. */
function move(root, element, event) {
  const across = root.cells.x0.length + 1;
  const inputs = [...root.querySelectorAll("input")];
  const target = inputs[inputs.indexOf(element) + (event.key === "ArrowDown" ? across : -across)];
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function buttons(root, data) {
  const bar = document.createElement("div");
  bar.className = "bar";
  const { A, b, x0 } = root.cells;
  const change = (edit) => () => {
    edit();
    draw(root, data);
    root.report();
  };
  bar.append(
    button("+ row", "Add a row", A.length < data.most, change(() => {
      A.push(x0.map(() => "0"));
      b.push("0");
    })),
    button(`${MINUS} row`, "Remove the last row", A.length > 1, change(() => {
      A.pop();
      b.pop();
    })),
    button("+ column", "Add a column", x0.length < data.most, change(() => {
      A.forEach((row) => row.push("0"));
      x0.push("0");
    })),
    button(`${MINUS} column`, "Remove the last column", x0.length > 1, change(() => {
      A.forEach((row) => row.pop());
      x0.pop();
    })),
  );
  return bar;
}

function button(text, name, enabled, action) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.ariaLabel = name;
  element.disabled = !enabled;
  element.addEventListener("click", action);
  return element;
}

function mark(root, fault) {
  for (const element of root.querySelectorAll("input")) {
    const [field, row, column] = element.dataset.cell.split("-");
    const wrong = fault && fault.field === field && fault.row === Number(row)
      && (column === undefined || fault.column === Number(column));
    element.setAttribute("aria-invalid", String(Boolean(wrong)));
    if (wrong) element.setAttribute("aria-description", fault.message);
    else element.removeAttribute("aria-description");
  }
}

function subscript(number) {
  return [...String(number)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}
