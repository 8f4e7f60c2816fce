// The QR code of an address of the page, in a dialog that fills the window.

import { html, part } from "./elements.js";
import { overPage } from "./page.js";

/**
 * The code of a link, or why there is none; `address` is what it holds.
 * @typedef {{address: string, svg: string, said: string}} Code
 */

const ADDRESS = new URL("../../qr", import.meta.url);
const LONG = 100; // characters that fit into two lines of large letters

/** Show the code of a link. @param {string} link */
export async function showCode(link) {
  const dialog = codeDialog(), { address, svg, said } = await codeOf(link);
  const image = part(dialog, "img", HTMLImageElement);
  image.hidden = !svg;
  image.src = svg && `data:image/svg+xml,${encodeURIComponent(svg)}`;
  part(dialog, ".said").textContent = said;
  part(dialog, ".linked").textContent = address;
  dialog.classList.toggle("long", address.length > LONG);
  if (!dialog.open) dialog.showModal();
}

/** The dialog; made once, over the page, because the sidebar may be hidden. */
export function codeDialog() {
  const dialog = overPage("qr", { ariaLabel: "QR code of this page's link" }, "dialog");
  if (dialog.childElementCount) return dialog;
  dialog.setAttribute("closedby", "any");
  dialog.append(
    html("form", { method: "dialog" }, html("button", { className: "close" }, "Close")),
    html("img", { alt: "QR code of the address below" }),
    html("p", { className: "said" }), html("p", { className: "linked" }),
  );
  return dialog;
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
