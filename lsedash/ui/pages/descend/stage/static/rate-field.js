// The field of the learning rate. Two states:
//   showing   it shows the last text given to show(); typing leads to typing
//   typing    it has the focus and another text, which show() does not replace; Escape, leaving the
//             field and an answer equal to the typed text lead to showing

import { part } from "../../../../js/elements.js";

export class RateField {
  #shown = "";

  /**
   * @param {HTMLElement} root
   * @param {object} listener
   * @param {(text: string) => void} listener.enter  called with the typed text
   * @param {() => string} listener.answered  returns the last text from Python
   */
  constructor(root, listener) {
    this.input = part(root, "[data-testid=rate-input]", HTMLInputElement);
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.input.value = listener.answered();
    });
    this.input.addEventListener("change", () => listener.enter(this.input.value)); // Python reads it
  }

  get typing() {
    return document.activeElement === this.input && this.input.value !== this.#shown;
  }

  /** @param {string} text */
  show(text) {
    if (!this.typing) this.input.value = text;
    if (this.input.value === text) this.#shown = text;
    this.input.classList.toggle("long", this.input.value.length > 8);
    this.input.title = this.input.value;
  }

  /** @param {boolean} wrong */
  mark(wrong) {
    this.input.ariaInvalid = String(wrong);
  }
}
