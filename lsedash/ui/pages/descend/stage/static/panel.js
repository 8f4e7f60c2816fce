// The texts around the charts: the rate's regime, the programs' results, descriptions of the charts.

/** @import { Data, Scene, StageState } from "../../../../js/types.d.ts" */
import { html, part, term } from "../../../../js/elements.js";
import { aroundAlpha, inOurs, rateText } from "../../../../js/convention.js";
import { short } from "../../../../js/numbers.js";
import { apartSentence, fitSentence, lossSentence, pathSentence } from "./sentences.js";
import { isCurve } from "./fit.js";
import { toScale } from "./view.js";
import { hintOf, regimeOf, stampOf, stripOf } from "./words.js";

export class Panel {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.part = (/** @type {string} */ selector) => part(root, selector);
  }

  /** Show a fault of the rate, and the rate that stays in use. @param {Pick<Data, "rate" | "spoken">} data */
  showFault({ rate: { fault, value }, spoken }) {
    this.part(".fault").textContent = fault ? `${fault} Still showing ${rateText(spoken, value)}.` : "";
    this.part(".regime").hidden = Boolean(fault);
  }

  /**
   * Show the rate's regime and the programs' results; returns the sentence about the regime.
   * @param {Data} data @param {StageState} state @param {number} rate @param {number | null} best  of these iterations
   * @param {number | null} exit
   */
  show(data, state, rate, best, exit) {
    Object.assign(this.root.dataset, {
      state, learningRate: String(rate), maxDifference: String(data.verdict.difference),
    });
    const sentence = regimeOf(data, rate, best, exit);
    const product = data.marks ? step(rate * data.marks.top, data.spoken) : [], told = inOurs(data.spoken, rate);
    this.part(".step").replaceChildren(...product, told && ` · ${told}`);
    this.part(".regime").textContent = sentence;
    this.part(".words").ariaLive = state === "preview" ? "off" : "polite"; // not read out at every move
    this.part(".why-two").textContent = data.marks && best !== null && best !== data.marks.optimal ? data.rateNames.why : "";
    const stamp = this.part(".stamp"), [word, more] = stampOf(data, state);
    stamp.className = `stamp ${state}`;
    stamp.replaceChildren(html("b", { textContent: word }), more);
    this.part(".apart-hint").textContent = stripOf(data);
    return sentence;
  }

  /** Describe the charts for a screen reader. @param {Scene} scene */
  describe(scene) {
    const { view, data: { fitted } } = scene, path = this.part(".path .plot");
    path.tabIndex = view.kind === "space" ? 0 : -1;
    path.ariaLabel = fitted ? fitSentence(scene, fitted) : pathSentence(scene);
    this.part(".of-path").hidden = fitted !== null;
    this.part(".of-fit").hidden = fitted === null;
    this.part(".loss .plot").ariaLabel = lossSentence(scene);
    this.part(".apart .plot").ariaLabel = apartSentence(scene);
    this.part(".hint").textContent = hintOf(view.kind, toScale(view), {
      curve: fitted !== null && isCurve(fitted), rows: scene.data.lines !== null,
    });
  }

  /** Show the point of the playback. @param {number} k @param {number} last @param {string} words */
  showPoint(k, last, words) {
    this.part("[data-testid=scrub]").ariaValueText = `k = ${k} of ${last}`;
    this.part(".readout").replaceChildren(html("b", { textContent: `k = ${k}` }), ` of ${last}${words}`);
  }
}

/** alpha lambda_max, as spoken. @param {number} value @param {Data["spoken"]} spoken */
function step(value, spoken) {
  const max = html("sub", { textContent: "max" });
  const [before, after] = aroundAlpha(spoken);
  return [before, term("learning rate α", "α"), term("curvature λᵢ", "λ", max), `${after} = ${short(value)}`];
}
