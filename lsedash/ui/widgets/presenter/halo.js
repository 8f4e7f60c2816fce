// A ring around the pointer that the last row can follow; it is filled while the mouse or a finger presses.

import { overPage } from "../../js/page.js";

/** Follow the pointer. */
export function followPointer() {
  const ring = overPage("presenter-halo", { ariaHidden: "true" });
  const move = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    ring.style.transform = `translate(${clientX}px, ${clientY}px)`;
    ring.dataset.seen = "";
  };
  const press = (/** @type {PointerEvent} */ event) => {
    move(event);
    ring.dataset.pressed = "";
  };
  const release = () => delete ring.dataset.pressed;
  // Seen before the stage gets them, and whoever else keeps them for himself.
  for (const [type, act] of Object.entries({ pointermove: move, pointerdown: press, pointerup: release, pointercancel: release })) {
    window.addEventListener(type, /** @type {EventListener} */ (act), { capture: true, passive: true });
  }
  document.documentElement.addEventListener("pointerleave", () => delete ring.dataset.seen);
}
