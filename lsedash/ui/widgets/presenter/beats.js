// The beats of a talk: links to states of the dashboard, in their order. No DOM.

/** The path of a page, as its link ends, and the query. @typedef {{path: string, query: string}} Beat */

const LINK = /^(https?:\/\/|\/|\?)/; // with blanks in it, as A=1 2;3 4 is written by hand

/**
 * The beats in a text, a link on each line; a blank line and one that begins with # are none. A link may come
 * from another server: only its page and its query count.
 * @param {string} text @param {string[]} pages  the paths of all pages, as this server has them; the first page's first
 * @returns {{beats: Beat[], faults: string[]}}  a sentence for each line that is no link
 */
export function readBeats(text, pages) {
  /** @type {Beat[]} */
  const beats = [];
  const faults = [];
  for (const [i, whole] of text.split("\n").entries()) {
    const line = whole.trim();
    if (!line || line.startsWith("#")) continue;
    const beat = beatOf(line, pages);
    if (beat) beats.push(beat);
    else faults.push(`Line ${i + 1} is no link of the dashboard: ${line.length > 40 ? `${line.slice(0, 40)}…` : line}`);
  }
  return { beats, faults };
}

/** @param {string} line @param {string[]} pages @returns {Beat | null} */
function beatOf(line, pages) {
  if (!LINK.test(line) || !URL.canParse(line, "http://server/")) return null;
  const { pathname, search } = new URL(line, "http://server/");
  const path = lastPart(pathname), known = pages.map(lastPart);
  if (path !== "" && !known.includes(path)) return null;
  return { path: path === known[0] ? "" : path, query: search.slice(1) };
}

/** "why" of "/base/why/". @param {string} pathname */
export function lastPart(pathname) {
  return pathname.split("/").filter(Boolean).at(-1) ?? "";
}

/** Where a talk is: before its first beat, or at one. */
export class Talk {
  /** @type {Beat[]} */
  beats = [];

  index = -1;

  /** The next beat, or the one before; null if there is none. @param {1 | -1} step */
  move(step) {
    const beat = this.beats[this.index + step];
    if (beat) this.index += step;
    return beat ?? null;
  }
}
