"""The learning rate where it stands: an axis of alpha * lambda_max with its regimes and marks."""

from math import isfinite

from lsedash.theory import Theory

END = 2.3  # of the axis, in units of alpha * lambda_max: the edge is at 2
SHIFTS = {"left": "0", "right": "-100%"}  # on which side of the label its mark is


def rate_axis(theory: Theory, learning_rate: float) -> str:
    """The axis as HTML; empty for A = 0, which has no edge."""
    if not isfinite(theory.critical_learning_rate):
        return ""
    step = learning_rate * float(theory.curvatures[0])
    fastest = theory.optimal_learning_rate
    at = 2 * fastest / theory.critical_learning_rate
    if at < 1.02:  # all directions equally steep: two marks in one place
        marks = _mark(1.0, "fastest: one step is enough", fastest, "right")
    else:
        marks = _mark(1.0, "steepest in one step", theory.critical_learning_rate / 2, "right")
        marks += _mark(at, "fastest", fastest, "right" if at > 1.5 else "left")
    marks += _mark(2.0, "edge", theory.critical_learning_rate, "left")
    here = "here beyond" if step > END else "here"
    words = f"alpha times lambda max is {step:.4g}; the edge is at 2"
    return f"""
<div class="rate-axis" role="img" aria-label="{words}">
  <div class="regimes">
    <span class="monotone" style="width:{_percent(1)}"><i>monotone</i></span>
    <span class="oscillating" style="width:{_percent(1)}"><i>oscillating, converging</i></span>
    <span class="growing" style="width:{_percent(END - 2)}"><i>growing</i></span>
  </div>
  <span class="{here}" style="left:{_percent(min(step, END))}"></span>
  <div class="marks">{marks}</div>
</div>"""


def _mark(at: float, name: str, rate: float, side: str) -> str:
    return (
        f'<span class="tick" style="left:{_percent(at)}"></span>'
        f'<span class="mark" style="left:{_percent(at)};transform:translateX({SHIFTS[side]})">'
        f"<b>{name}</b> {rate:.4g}</span>"
    )


def _percent(step: float) -> str:
    return f"{100 * step / END:.3f}%"
