// The field of the learning rate. Two states:
//   showing   it shows the last text given to show(), a long number in four digits while the focus is
//             elsewhere; typing leads to typing
//   typing    it has the focus and another text, which show() does not replace; Escape, leaving the
//             field and an answer equal to the typed text lead to showing

import { part } from "../../../../js/elements.js";
import { shownText } from "../../../../js/numbers.js";

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
    this.input.addEventListener("focus", () => {
      this.input.value = this.#shown;
      this.input.select();
    });
    this.input.addEventListener("blur", () => {
      if (this.input.value === this.#shown) this.show(this.#shown);
    });
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
    const focused = document.activeElement === this.input;
    if (!this.typing) {
      this.input.value = focused ? text : shownText(text);
      this.#shown = text;
    } else if (this.input.value === text) this.#shown = text;
    this.input.classList.toggle("long", this.input.value.length > 9);
    this.input.title = text;
  }

  /** @param {boolean} wrong */
  mark(wrong) {
    this.input.ariaInvalid = String(wrong);
  }
}
