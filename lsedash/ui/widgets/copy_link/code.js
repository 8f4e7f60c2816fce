// The QR code of the page's address, in a dialog that fills the window.

import { part } from "../../js/elements.js";

/**
 * The code of a link, or why there is none; `address` is what it holds.
 * @typedef {{address: string, svg: string, said: string}} Code
 */

const ADDRESS = new URL("../../../qr", import.meta.url);
const LONG = 100; // characters that fit into two lines of large letters

/** @param {HTMLDialogElement} dialog */
export async function showCode(dialog) {
  const { address, svg, said } = await codeOf(window.location.href);
  const image = part(dialog, "img", HTMLImageElement);
  image.hidden = !svg;
  image.src = svg && `data:image/svg+xml,${encodeURIComponent(svg)}`;
  part(dialog, ".said").textContent = said;
  part(dialog, ".linked").textContent = address;
  dialog.classList.toggle("long", address.length > LONG);
  dialog.showModal();
}

/** What the server says about a link. @param {string} link @returns {Promise<Code>} */
async function codeOf(link) {
  try {
    const answer = await fetch(`${ADDRESS}?${new URLSearchParams({ link })}`);
    if (answer.ok) return await answer.json();
  } catch {
    // said below
  }
  return { address: "", svg: "", said: "The server gave no QR code. Close this and try again, or use Copy link." };
}
