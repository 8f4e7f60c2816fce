// The rate and the start that are shown in place of the answered ones. Three states:
//   none    the stage shows what the programs say; move() leads to moving
//   moving  a hand changes rate or start, nothing is sent; ask() leads to asked, drop() to none
//   asked   it was let go and Python asked; answered() leads to none, move() to moving again

/** @import { Data, Spectrum } from "../../../../js/types.d.ts" */

export class Preview {
  /** @type {"none" | "moving" | "asked"} */
  state = "none";

  /** @type {{rate: number, spectrum: Spectrum} | null} */
  shown = null;

  /** The rate and the spectrum of the start that are shown. @param {Pick<Data, "rate" | "spectrum">} data */
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

  /** Everything asked was answered; what is being moved again stays. */
  answered() {
    if (this.state === "asked") this.drop();
  }

  drop() {
    this.state = "none";
    this.shown = null;
  }
}
