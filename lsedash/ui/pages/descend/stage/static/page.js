// The page around the stage: what is loaded into it, its theme, its frames.

/** Put an element into the page's head; resolves when the browser has it. */
export function loaded(tag, attributes) {
  const created = Object.assign(document.createElement(tag), attributes);
  return new Promise((resolve, reject) => {
    created.onload = resolve;
    created.onerror = () => reject(new Error(`The stage could not load ${created.src || created.href}.`));
    document.head.append(created);
  });
}

/** Whether the page's background is darker than its text. */
export function isDark(root) {
  const style = getComputedStyle(root);
  const [back, text] = ["--st-background-color", "--st-text-color"].map((name) => {
    const swatch = document.createElement("canvas").getContext("2d");
    swatch.fillStyle = style.getPropertyValue(name);
    swatch.fillRect(0, 0, 1, 1);
    return swatch.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part);
  });
  return back < text;
}

/** Resolves when what was drawn is on the screen. */
export async function painted() {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
}
