// Copies the address, or shows its QR code. The clipboard API needs HTTPS or localhost; elsewhere a
// temporary field is used.

/** @import { Component } from "../../js/types.d.ts" */
import { shared } from "../../js/addresses.js";
import { showCode } from "../../js/code.js";
import { html, part } from "../../js/elements.js";

/** @param {Component} component */
export function update({ parentElement }) {
  const button = part(parentElement, ".copy-link");
  part(parentElement, ".show-code").onclick = () => showCode(shared(window.location.href));
  button.onclick = async () => {
    const copied = await copy(shared(window.location.href));
    button.textContent = copied ? "Link copied" : "Copy it from the address bar";
    setTimeout(() => { button.textContent = "Copy link"; }, 2000);
  };
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = html("textarea", { value: text });
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}
