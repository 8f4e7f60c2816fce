// A function for the page: what overlaps or is cut, measured from boxes. Playwright calls it.
//
// A thing is a line of text, a control, a picture or a chart. It is cut where an ancestor that does
// not scroll hides part of it, or where it lies beyond an end to which nothing scrolls. Two things
// overlap if neither holds the other and their boxes share more than a hair.

() => {
  const HAIR = 2; // pixels
  const CONTROLS = "button, input, select, textarea, a[href], [role=slider], [role=radio], [role=combobox]";
  const PICTURES = "img, .main-svg, canvas, [data-testid=stGraphVizChart] svg";
  const UNSEEN = ".spoken, .skip-link:not(:focus), [data-testid=stSkipToContent], [data-testid=stIconMaterial], .katex-mathml, title, desc, option, script, style, "
    + "[data-testid=stCheckbox] input, [data-testid=stRadio] input"; // Streamlit draws those itself
  const root = document.querySelector("[data-testid=stApp]");
  const sidebar = document.querySelector("[data-testid=stSidebar]");
  const edges = (box) => ({ left: box.left, right: box.right, top: box.top, bottom: box.bottom });

  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  function lines(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1).map((box) => {
      const spare = 0.18 * box.height; // a line's box is higher than its letters
      return { ...edges(box), top: box.top + spare, bottom: box.bottom - spare };
    });
  }

  function texts() {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest(UNSEEN) || !visible(element)) continue;
      const words = node.data.trim().slice(0, 40);
      for (const box of lines(node)) found.push({ kind: "text", element, words, box });
    }
    return found;
  }

  function named(kind, selector) {
    return [...root.querySelectorAll(selector)].filter((e) => visible(e) && !e.closest(UNSEEN)).map((element) => ({
      kind, element, box: edges(element.getBoundingClientRect()),
      words: (element.ariaLabel || element.innerText || nameOf(element)).slice(0, 40),
    })).filter(({ box }) => box.right - box.left > 1 && box.bottom - box.top > 1);
  }

  // Where an ancestor hides what is outside of it; what it can scroll to counts as in view.
  function clipped(thing) {
    let box = { ...thing.box }, cut = "", placed = getComputedStyle(thing.element).position;
    for (let above = thing.element.parentElement; above && above !== root.parentElement; above = above.parentElement) {
      if (placed === "fixed") break;
      const style = getComputedStyle(above);
      if (placed === "absolute" && style.position === "static") continue;
      placed = style.position;
      const inner = above.getBoundingClientRect();
      const x0 = inner.left + above.clientLeft, y0 = inner.top + above.clientTop;
      const isSvg = above instanceof SVGElement;
      const area = isSvg ? edges(inner)
        : { left: x0, top: y0, right: x0 + above.clientWidth, bottom: y0 + above.clientHeight };
      for (const [low, high, overflow, from] of [
        ["left", "right", style.overflowX, above.scrollLeft], ["top", "bottom", style.overflowY, above.scrollTop],
      ]) {
        if (overflow === "visible" || (isSvg && above.tagName !== "svg") || style.display === "contents" || style.display === "inline") continue;
        const scrolls = overflow === "auto" || overflow === "scroll";
        const beyond = Math.max(area[low] - (scrolls ? from : 0) - box[low], scrolls ? 0 : box[high] - area[high]);
        const dots = style.textOverflow === "ellipsis" && inner.width + 0.5 < thing.box.right - thing.box.left; // whole letters go
        if (beyond > HAIR || dots) cut ||= `${Math.ceil(beyond)} px by ${nameOf(above)}`;
        box[low] = Math.min(Math.max(box[low], area[low]), area[high]);
        box[high] = Math.max(Math.min(box[high], area[high]), area[low]);
      }
    }
    const off = Math.max(-box.left, box.right - innerWidth);
    if (off > HAIR) cut ||= `${Math.round(off)} px by the window`;
    return { ...thing, seen: box, cut };
  }

  function nameOf(element) {
    const key = [...element.classList ?? []].find((name) => name.startsWith("st-key-"));
    const kind = element.tagName.toLowerCase();
    return key ?? element.dataset?.testid ?? `${kind}.${(element.className?.baseVal ?? element.className ?? "").split(" ")[0]}`;
  }

  function shared(a, b) {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return Math.min(width, height);
  }

  function related(a, b) {
    return a.contains(b) || b.contains(a) || a.closest("label")?.contains(b) || b.closest("label")?.contains(a);
  }

  // A frame scrolls sideways only if it shows that, by a shadow at the end where there is more.
  function sideways(frame) {
    const style = getComputedStyle(frame);
    return /auto|scroll/.test(style.overflowX) && frame.scrollWidth > frame.clientWidth + HAIR && visible(frame)
      && !style.backgroundAttachment.includes("local");
  }

  // On a narrow screen an open sidebar lies over the page; a closed one is out of sight.
  const beside = root.querySelector("[data-testid=stMain]").getBoundingClientRect();
  const { left, right } = sidebar.getBoundingClientRect();
  const closed = root.querySelector("[data-testid=stExpandSidebarButton]") !== null || right - left < 10;
  const over = !closed && right > beside.left + HAIR;
  const shown = ({ element }) => !sidebar.contains(element) ? !over : !closed;
  const things = [...texts(), ...named("control", CONTROLS), ...named("picture", PICTURES)].filter(shown).map(clipped);
  // Streamlit's header is opaque while the sidebar is closed.
  const header = root.querySelector("[data-testid=stHeader]"), strip = header.getBoundingClientRect();
  const hides = !/, 0\)|transparent/.test(getComputedStyle(header).backgroundColor);
  const faults = hides ? things.filter(({ element, seen }) => !header.contains(element) && !sidebar.contains(element)
    && !element.closest(".st-key-pages") && shared(seen, strip) > HAIR).map(({ kind, words }) => `under the header: ${kind} "${words}"`) : [];
  faults.push(...[...root.querySelectorAll("*")].filter((element) => shown({ element }) && sideways(element)).map((frame) => `scrolls sideways: ${nameOf(frame)} by ${frame.scrollWidth - frame.clientWidth} px`));
  faults.push(...things.filter(({ cut }) => cut).map(({ kind, words, cut }) => `cut: ${kind} "${words}" ${cut}`));
  const placed = things.filter(({ kind, seen }) => kind !== "picture" && seen.right - seen.left > HAIR && seen.bottom - seen.top > HAIR)
    .sort((a, b) => a.seen.top - b.seen.top);
  for (let i = 0; i < placed.length; i += 1) {
    for (let j = i + 1; j < placed.length && placed[j].seen.top < placed[i].seen.bottom - HAIR; j += 1) {
      const [a, b] = [placed[i], placed[j]];
      if (a.element === b.element || related(a.element, b.element)) continue;
      const depth = shared(a.seen, b.seen);
      if (depth > HAIR) faults.push(`overlap: ${a.kind} "${a.words}" and ${b.kind} "${b.words}" by ${Math.round(depth)} px`);
    }
  }
  return [...new Set(faults)];
}
