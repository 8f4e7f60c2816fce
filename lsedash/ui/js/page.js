// The page around our components: its parts, its theme, its frames, loading into it. Only this
// module uses undocumented names of Streamlit's page.

const COLOURS = ["--st-background-color", "--st-text-color"];

/** The part of the page beside the sidebar. @param {Element} inside */
export function mainOf(inside) {
  return inside.closest("[data-testid=stMain]");
}

/** Whether an event goes to the part of the page beside the sidebar. @param {EventTarget | null} target */
export function isInMain(target) {
  return target instanceof Element && mainOf(target) !== null;
}

/** The part of the page beside the sidebar, once it is there. @returns {HTMLElement | null} */
export function mainPart() {
  return document.querySelector("[data-testid=stMain]");
}

/** Streamlit's alerts in an element. @param {Element} inside */
export function alertsIn(inside) {
  return [...inside.querySelectorAll("[data-testid=stAlert]")];
}

/** The column of the page that holds an element. @param {Element} inside */
export function columnOf(inside) {
  return inside.closest("[data-testid=stColumn]");
}

/** All charts in a part of the page that Streamlit draws: Plotly's and Graphviz'. @param {Element} main */
export function chartsIn(main) {
  /** @type {NodeListOf<HTMLElement>} */
  const charts = main.querySelectorAll("[data-testid=stPlotlyChart], [data-testid=stGraphVizChart]");
  return [...charts];
}

/** The box of one element of the page, which is exactly as large as the element. @param {Element} inside */
export function boxOf(inside) {
  return inside.closest("[data-testid=stElementContainer]");
}

/** The colour behind an element. @param {Element} inside */
export function backgroundOf(inside) {
  for (let element = /** @type {Element | null} */ (inside); element; element = element.parentElement) {
    const { backgroundColor } = getComputedStyle(element);
    if (!/^transparent$|, 0\)$|\/ 0\)$/.test(backgroundColor)) return backgroundColor;
  }
  return "white";
}

/** The selector of the element to which Python gave this key. @param {string} key */
export function keyed(key) {
  return `.st-key-${key}`;
}

/**
 * Put an element into the page's head; resolves when the browser has loaded it.
 * @param {"script" | "link"} tag @param {Record<string, string>} attributes
 */
export function loaded(tag, attributes) {
  const element = Object.assign(document.createElement(tag), attributes);
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error(`${attributes.src ?? attributes.href} could not be loaded.`));
    document.head.append(element);
  });
}

/** Whether the page's background is darker than its text. @param {Element} root */
export function isDark(root) {
  const style = getComputedStyle(root);
  const [background, text] = COLOURS.map((name) => brightness(style.getPropertyValue(name)));
  return background < text;
}

/**
 * Show the page in the other theme, as Streamlit's settings do. (It offers no other way but to load the page
 * again; its own component holds the themes.)
 */
export function switchTheme() {
  const theme = themes(), app = document.querySelector("[data-testid=stApp]") ?? document.body;
  const wanted = brightness(getComputedStyle(app).backgroundColor) < 384 ? "Light" : "Dark";
  const other = theme?.availableThemes.find(({ name }) => name.endsWith(wanted));
  if (other) theme?.setTheme(other);
}

/** @typedef {{availableThemes: {name: string}[], setTheme: (theme: {name: string}) => void}} Themes */
/** @typedef {{memoizedProps?: {theme?: Themes}, child?: Fiber, sibling?: Fiber}} Fiber */

/** The themes of the page; undefined if Streamlit keeps them elsewhere now. @returns {Themes | undefined} */
function themes() {
  const root = /** @type {Record<string, any>} */ (document.getElementById("root") ?? {});
  const name = Object.keys(root).find((key) => key.startsWith("__reactContainer$"));
  const waiting = /** @type {(Fiber | undefined)[]} */ (name ? [root[name].stateNode?.current] : []);
  for (let fiber = waiting.pop(); fiber; fiber = waiting.pop()) {
    if (fiber.memoizedProps?.theme?.setTheme) return fiber.memoizedProps.theme;
    waiting.push(...[fiber.sibling, fiber.child].filter(Boolean));
  }
}

/** Open an address of the dashboard without loading the page again, as a step back or forward does. @param {string} address */
export function openAddress(address) {
  window.history.pushState({}, "", address);
  window.dispatchEvent(new PopStateEvent("popstate")); // Streamlit then asks Python for what the address says
}

/** The sum of a colour's red, green and blue. @param {string} colour */
function brightness(colour) {
  const swatch = document.createElement("canvas").getContext("2d");
  if (!swatch) return 0;
  swatch.fillStyle = colour;
  swatch.fillRect(0, 0, 1, 1);
  const [red, green, blue] = swatch.getImageData(0, 0, 1, 1).data;
  return red + green + blue;
}

/** How many times as large as usual the page's letters are. */
export function letterSize() {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/** Whether the visitor asked for less motion. */
export function motionReduced() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Resolves when the last drawing is on the screen. */
export async function painted() {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
}

/**
 * Make the links to the pages a landmark, and mark the one of the open page. (Links may come later than
 * our script.)
 * @param {Element} inside @param {string} title  of the open page
 */
export function markLinks(inside, title) {
  const links = inside.closest(keyed("pages"));
  if (!(links instanceof HTMLElement)) return;
  Object.assign(links, { role: "navigation", ariaLabel: "Pages" });
  const mark = () => {
    for (const link of links.querySelectorAll("a")) link.ariaCurrent = titleOf(link) === links.dataset.open ? "page" : null;
  };
  if (links.dataset.open === undefined) new MutationObserver(mark).observe(links, { childList: true, subtree: true });
  links.dataset.open = title;
  mark();
}

/**
 * Make each chart a picture with a name, so that a screen reader does not read out its ticks. (Charts
 * come later than our script, and anew after edits.)
 * @param {Element} inside
 */
export function markCharts(inside) {
  const main = mainOf(inside);
  if (!(main instanceof HTMLElement) || main.dataset.chartsMarked) return;
  main.dataset.chartsMarked = "true";
  const mark = () => {
    for (const chart of main.querySelectorAll("[data-testid=stPlotlyChart]:not([role=img])")) chart.role = "img";
  };
  new MutationObserver(mark).observe(main, { childList: true, subtree: true });
  mark();
}

/** The link to a page to which an event goes; null if it goes elsewhere. @param {EventTarget | null} target */
export function pageLinkAt(target) {
  const link = target instanceof Element ? target.closest(`${keyed("pages")} a`) : null;
  return link instanceof HTMLAnchorElement ? link : null;
}

/** The key of the button of Streamlit's to which an event goes; "" if it goes elsewhere. @param {EventTarget | null} target */
export function buttonAt(target) {
  const button = target instanceof Element ? target.closest("[data-testid=stButton] button") : null;
  return /st-key-(\S+)/.exec(button?.closest('[class*="st-key-"]')?.className ?? "")?.[1] ?? "";
}

/** The number field of Streamlit's to which an event goes; null if it goes elsewhere. @param {EventTarget | null} target */
export function numberFieldAt(target) {
  return target instanceof HTMLInputElement && target.closest("[data-testid=stNumberInput]") ? target : null;
}

/** Show a sentence below a number field. @param {HTMLInputElement} field @param {HTMLElement} note */
export function putBelow(field, note) {
  field.closest("[data-testid=stNumberInput]")?.append(note);
}

/** The title of the page to which a link leads. @param {Element} link */
export function titleOf(link) {
  return link.textContent?.trim() ?? "";
}

/** All links to pages. @returns {HTMLAnchorElement[]} */
export function pageLinks() {
  return [...document.querySelectorAll(`${keyed("pages")} a`)].filter((link) => link instanceof HTMLAnchorElement);
}

/** The link to a page. @param {string} title */
export function pageLinkOf(title) {
  return pageLinks().find((link) => titleOf(link) === title);
}

/** Call a listener whenever the connection to the server was lost or is back. @param {(connected: boolean) => void} listener */
export function onConnection(listener) {
  const app = document.querySelector("[data-testid=stApp]");
  if (!(app instanceof HTMLElement)) return;
  const tell = () => listener(app.dataset.testConnectionState === "CONNECTED");
  new MutationObserver(tell).observe(app, { attributeFilter: ["data-test-connection-state"] });
}

/** Resolves when Streamlit has drawn the page that Python has sent. */
export async function drawn() {
  const app = document.querySelector("[data-testid=stApp]");
  do await painted();
  while (app instanceof HTMLElement && app.dataset.testScriptState === "running");
}

/** The box of the notice above the page; made once. */
export function noticeBox() {
  return overPage("line-notice", { role: "status" });
}

/**
 * An element over the whole page; made once.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {string} className @param {Partial<HTMLElementTagNameMap[Tag]>} properties @param {Tag} tag
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function overPage(className, properties = {}, tag = /** @type {Tag} */ ("div")) {
  const app = document.querySelector("[data-testid=stApp]"), box = app?.querySelector(`:scope > .${className}`);
  if (box instanceof HTMLElement) return /** @type {HTMLElementTagNameMap[Tag]} */ (box);
  const made = Object.assign(document.createElement(tag), { className }, properties);
  app?.append(made);
  return made;
}

/** The link that is the first stop of the Tab key; made once. @returns {HTMLAnchorElement} */
export function skipLink() {
  const app = document.querySelector("[data-testid=stApp]");
  const link = app?.querySelector(":scope > .skip-link");
  if (link instanceof HTMLAnchorElement) return link;
  const made = Object.assign(document.createElement("a"), { className: "skip-link", href: "#stMain" });
  app?.prepend(made);
  return made;
}
