// The rate and the start of the preview, shown in place of those that the programs ran. Three states:
//   none    the stage shows the programs' results; move() leads to moving
//   moving  the visitor changes rate or start, nothing is sent; ask() leads to asked, drop() to none
//   asked   the visitor let go and Python was asked; answered() leads to none, move() to moving

/** @import { Data, Spectrum } from "../../../../js/types.d.ts" */

export class Preview {
  /** @type {"none" | "moving" | "asked"} */
  state = "none";

  /** @type {{rate: number, spectrum: Spectrum} | null} */
  shown = null;

  /** The rate that is shown, and the spectrum of the start that is shown. @param {Pick<Data, "rate" | "spectrum">} data */
  over({ rate, spectrum }) {
    return this.shown ?? { rate: rate.value, spectrum };
  }

  /** @param {number} rate @param {Spectrum} spectrum */
  move(rate, spectrum) {
    this.state = "moving";
    this.shown = { rate, spectrum };
  }

  ask() {
    if (this.shown) this.state = "asked";
  }

  /** All requests were answered; a preview that is moving again stays. */
  answered() {
    if (this.state === "asked") this.drop();
  }

  drop() {
    this.state = "none";
    this.shown = null;
  }
}
