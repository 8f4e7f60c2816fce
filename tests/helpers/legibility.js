// A function for the page: the visible texts that the back of a room cannot read, too small or too
// faint. Playwright calls it with the least size in pixels and the least contrast.

([least, contrast]) => {
  const UNSEEN = ".spoken, [data-testid=stSkipToContent], [data-testid=stIconMaterial], .katex-mathml, title, desc, option, script, style, .hoverlayer, .symbol";
  const LETTERS = /[\p{L}\p{N}\p{P}\p{S}]/u;
  const root = document.querySelector("[data-testid=stApp]") ?? document.body;
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /** [red, green, blue, opacity] of a colour as CSS writes it. */
  function channels(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "rgba(0,0,0,0)";
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);

  function luminance(colour) {
    const [red, green, blue] = colour.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  /** Whether an element is behind the middle of another, which may stand outside of it. */
  function holds(outer, inner) {
    const { left, right, top, bottom } = outer.getBoundingClientRect(), box = inner.getBoundingClientRect();
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    return left <= x && x <= right && top <= y && y <= bottom;
  }

  /** The element's own colours, from the innermost outwards, and how opaque all of it is. */
  function backdrop(element) {
    let layers = [], opacity = 1;
    for (let above = element; above; above = above.parentElement) {
      const style = getComputedStyle(above), svg = above instanceof SVGElement && above.tagName !== "svg";
      opacity *= Number(style.opacity);
      if (!svg && holds(above, element)) layers.push(channels(style.backgroundColor));
      const shape = above.tagName === "text" && above.closest(".node")?.querySelector("path, polygon, ellipse");
      if (shape) layers.push(channels(getComputedStyle(shape).fill)); // Graphviz's box
    }
    const page = channels(getComputedStyle(root).backgroundColor);
    return { opacity, colour: layers.reverse().reduce((under, top) => over(top, under), page) };
  }

  function scaleOf(element) {
    const turned = element instanceof SVGElement ? element.getScreenCTM() : { a: 1, b: 0 };
    return Math.hypot(turned.a, turned.b);
  }

  function judge(words, element, colour, size) {
    const { opacity, colour: behind } = backdrop(element);
    const front = channels(colour);
    front[3] *= opacity;
    const [low, high] = [luminance(over(front, behind)), luminance(behind)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05), pixels = size * scaleOf(element), faults = [];
    if (pixels < least - 0.01) faults.push(`${pixels.toFixed(1)} px`);
    if (ratio < contrast - 0.005) faults.push(`${ratio.toFixed(2)}:1`);
    const kind = `${element.tagName.toLowerCase()} in ${element.closest("[data-testid]")?.dataset.testid}`;
    return faults.length ? [`${faults.join(", ")}: "${words.slice(0, 30)}" (${kind})`] : [];
  }

  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !element.closest(UNSEEN) && element.getBoundingClientRect().width > 1;
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!LETTERS.test(node.data) || !visible(element) || element.closest(":disabled, [aria-disabled=true]")) continue;
    const style = getComputedStyle(element), svg = element instanceof SVGElement;
    found.push(...judge(node.data.trim(), element, svg ? style.fill : style.color, Number.parseFloat(style.fontSize)));
  }
  for (const field of root.querySelectorAll("input:not([type=checkbox], [type=radio], [type=range]), textarea, select")) {
    if (!visible(field) || field.disabled) continue;
    const empty = field.placeholder && !field.value, style = getComputedStyle(field, empty ? "::placeholder" : null);
    if (field.value || empty) found.push(...judge(field.value || field.placeholder, field, style.color, Number.parseFloat(getComputedStyle(field).fontSize)));
  }
  return [...new Set(found)];
}
