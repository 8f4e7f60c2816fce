// The dialog About and the meanings of words. Both come from one page, which is fetched at first use.
// Whatever has `data-term` opens the meaning of that word, wherever and whenever it was drawn.

import { html, part } from "../../js/elements.js";
import { showMeaning } from "../../js/meaning.js";

const ADDRESS = new URL("../../about.html", import.meta.url);

/** @type {Promise<Document> | undefined} */
let reading;

/** The page; it is fetched again if that failed. */
async function book() {
  reading ??= fetch(ADDRESS).then((answer) => answer.text())
    .then((text) => new DOMParser().parseFromString(text, "text/html"));
  try {
    return await reading;
  } catch (fault) {
    reading = undefined;
    throw fault;
  }
}

/** Open the dialog, at a word if one is given. @param {string} [word] */
export async function openAbout(word) {
  const dialog = part(document.body, "dialog.book", HTMLDialogElement), { body } = await book();
  if (!dialog.childElementCount) dialog.append(...document.importNode(body, true).childNodes);
  if (!dialog.open) dialog.showModal();
  const term = nameOf(dialog, word);
  if (term) term.scrollIntoView({ block: "center" });
  else dialog.scrollTo(0, 0);
}

/** @param {ParentNode} pages @param {string | undefined} word */
function nameOf(pages, word) {
  return [...pages.querySelectorAll(".words dt")].find(({ textContent }) => textContent === word);
}

/** Show the meaning of a word beside the element that has it. @param {HTMLElement} opener */
async function explain(opener) {
  const word = opener.dataset.term ?? "", box = part(document.body, ".meaning");
  const meaning = nameOf(await book(), word)?.nextElementSibling?.textContent ?? "";
  const all = html("button", { type: "button", onclick: () => {
    box.hidePopover();
    openAbout(word);
  } }, "All words");
  showMeaning(box, opener, meaning, all);
}

document.addEventListener("click", ({ target }) => {
  const opener = target instanceof Element && target.closest("[data-term]");
  if (opener instanceof HTMLElement) explain(opener);
});
