"""The formulas of the page Why as LaTeX, in letters and with an experiment's numbers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lsedash.experiment import Experiment
from lsedash.explaining.latex import listed, matrix, number, square, total
from lsedash.text.convention import OURS, Spoken
from lsedash.text.words import LONG_RUN
from lsedash.theory.closed_form import Theory
from lsedash.theory.conditioning import iterations_per_digit
from lsedash.theory.geometry import residual_split
from lsedash.theory.regimes import EPS
from lsedash.theory.rounding import attainable_digits

CLOSE = 0.01  # a factor nearer than this to 1 or -1 is written as a difference from it


@dataclass(frozen=True)
class Formula:
    """One formula as LaTeX.

    Attributes:
        name: what it gives, in words.
        general: the formula in letters.
        numbers: the formula with an experiment's numbers, rounded to four digits.
    """

    name: str
    general: str
    numbers: str


def formulas(
    part: str, theory: Theory, experiment: Experiment, spoken: Spoken = OURS
) -> tuple[Formula, ...]:
    """The formulas of a part of the page, a key of `PARTS`; A must not be 0.

    Args:
        spoken: the convention for the loss; lambda is an eigenvalue of A^T A in all of them.

    Raises:
        KeyError: there is no such part.
    """
    return tuple(make(theory, experiment, spoken) for make in PARTS[part])


def decomposition(theory: Theory, *_: object) -> Formula:
    """A = U S V^T with the singular values above 0."""
    right, S = theory.moving_directions, theory.singular_values[: theory.rank]
    factors = matrix(theory.left_directions), matrix(np.diag(S)), matrix(right)
    numbers = rf"{matrix(theory.system.A)} \approx {' '.join(factors)}"
    return Formula("A in its own directions", r"A = U S V^T", numbers)


def curvatures(theory: Theory, *_: object) -> Formula:
    """lambda_i = s_i^2."""
    pairs = zip(theory.singular_values[: theory.rank], theory.curvatures, strict=False)
    terms = [rf"\lambda_{{{i}}} = {square(s)} = {number(c)}" for i, (s, c) in enumerate(pairs, 1)]
    return Formula("Curvature of each mode", r"\lambda_i = \sigma_i^2", listed(terms))


def coordinates(theory: Theory, experiment: Experiment, spoken: Spoken) -> Formula:
    """The coordinates of x_k - x* in the modes."""
    start = theory.mode_coordinates(experiment.x0, experiment.learning_rate, [0])[0]
    terms = [
        rf"c_{{{i}}}(k) = {_factor(experiment, curvature)}^k\,({number(c)})"
        for i, (curvature, c) in enumerate(zip(theory.curvatures, start, strict=False), 1)
    ]
    factor = rf"(1 - {spoken.alpha_latex}\lambda_i)^k"
    general = rf"c_i(k) = {factor}\,c_i(0),\qquad c(k) = V^T (x_k - x^*)"
    return Formula("Distance to the limit along each mode", general, listed(terms))


def loss(theory: Theory, experiment: Experiment, spoken: Spoken) -> Formula:
    """The loss as a sum over the modes."""
    parts = spoken.loss(theory.mode_losses(experiment.x0, experiment.learning_rate, [0])[0])
    terms = [
        rf"{number(part)}\cdot {_factor(experiment, curvature)}^{{2k}}"
        for curvature, part in zip(theory.curvatures, parts, strict=False)
    ]
    least = f"{number(spoken.loss(theory.least_loss))} + " if theory.least_loss else ""
    general = (
        rf"f(x_k) = f_{{\min}} + {spoken.convention.latex}\sum_i "
        rf"\lambda_i\,(1 - {spoken.alpha_latex}\lambda_i)^{{2k}} c_i(0)^2"
    )
    return Formula("Loss after k iterations", general, rf"f(x_k) \approx {least}{total(terms)}")


def path(theory: Theory, experiment: Experiment, spoken: Spoken) -> Formula:
    """The closed form of the iterates."""
    start = theory.mode_coordinates(experiment.x0, experiment.learning_rate, [0])[0]
    rows = zip(theory.curvatures, start, theory.moving_directions, strict=False)
    terms = [rf"{_factor(experiment, curvature)}^k\,{matrix(c * v)}" for curvature, c, v in rows]
    limit = matrix(theory.descent_limit(experiment.x0))
    general = rf"x_k = x^* + \sum_i (1 - {spoken.alpha_latex}\lambda_i)^k c_i(0)\,v_i"
    return Formula("Iterate after k iterations", general, rf"x_k \approx {limit} + {total(terms)}")


def limit(theory: Theory, experiment: Experiment, _: Spoken) -> Formula:
    """Where descent from x0 ends: Ben-Israel and Greville, "Generalized Inverses" (2003), ch. 3."""
    end = theory.descent_limit(experiment.x0)
    minimum_norm = theory.descent_limit(np.zeros(theory.system.n))
    sum_of_parts = f"{matrix(minimum_norm)} + {matrix(end - minimum_norm)}"
    numbers = rf"x^* \approx {sum_of_parts} = {matrix(end)}"
    return Formula("Where descent ends", r"x^* = A^+ b + (I - A^+ A)\,x_0", numbers)


def split(theory: Theory, experiment: Experiment, _: Spoken) -> Formula:
    """The start's residual as the part that descent removes and the part that stays."""
    parts = residual_split(theory, experiment.x0)
    general = (
        r"A x_0 - b = \underbrace{A (x_0 - x^*)}_{\text{removed}} "
        r"+ \underbrace{A x^* - b}_{\text{stays}}"
    )
    numbers = rf"{matrix(parts.residual)} \approx {matrix(parts.removable)} + {matrix(parts.floor)}"
    return Formula("The start's residual", general, numbers)


def least(theory: Theory, _: Experiment, spoken: Spoken) -> Formula:
    """The smallest possible loss."""
    general = rf"f_{{\min}} = {spoken.convention.latex}\,\lVert A x^* - b\rVert^2"
    numbers = rf"f_{{\min}} \approx {number(spoken.loss(theory.least_loss))}"
    return Formula("Smallest possible loss", general, numbers)


def condition(theory: Theory, *_: object) -> Formula:
    """kappa and its square."""
    S = theory.singular_values
    large, small, kappa = S[0], S[theory.rank - 1], theory.condition_number
    numbers = rf"\kappa = \frac{{{number(large)}}}{{{number(small)}}} \approx {number(kappa)}"
    numbers += rf",\qquad \kappa^2 \approx {number(kappa**2)}"
    general = r"\kappa(A) = \frac{\sigma_{\max}}{\sigma_{\min}},\quad \sigma_{\min} > 0"
    return Formula(
        "Condition number",
        general + r",\qquad \kappa^2 = \frac{\lambda_{\max}}{\lambda_{\min}}",
        numbers,
    )


def rates(theory: Theory, _: Experiment, spoken: Spoken) -> Formula:
    """Largest stable rate, and the fastest in the long run: Nesterov (2018), section 2.1.5."""
    top, bottom = theory.curvatures[0], theory.curvatures[theory.rank - 1]
    edge, fastest = map(spoken.rate, (theory.critical_learning_rate, theory.optimal_learning_rate))
    two, above = spoken.convention.edge, number(2 / spoken.factor)
    general = (
        rf"\alpha < \frac{{{two}}}{{\lambda_{{\max}}}},\qquad "
        rf"\alpha_{{\text{{long run}}}} = \frac{{{two}}}{{\lambda_{{\max}} + \lambda_{{\min}}}}"
    )
    numbers = (
        rf"\alpha < \frac{{{above}}}{{{number(top)}}} \approx {number(edge)},\qquad "
        rf"\alpha_{{\text{{long run}}}} = \frac{{{above}}}{{{number(top)} + {number(bottom)}}} "
        rf"\approx {number(fastest)}"
    )
    return Formula(f"Largest stable learning rate, and the {LONG_RUN}", general, numbers)


def pace(theory: Theory, *_: object) -> Formula:
    """Iterations per digit at the rate that is fastest in the long run."""
    kappa = square(theory.condition_number)
    factor = theory.convergence_factor(theory.optimal_learning_rate)
    per_digit = number(iterations_per_digit(theory))
    general = (
        r"\rho = \frac{\kappa^2 - 1}{\kappa^2 + 1},\qquad "
        r"\text{iterations per digit} = \frac{\ln 10}{-\ln\rho}"
    )
    numbers = rf"\rho = \frac{{{kappa} - 1}}{{{kappa} + 1}} \approx {number(factor)}"
    numbers += rf",\qquad \text{{iterations per digit}} \approx {per_digit}"
    return Formula(f"Pace at the rate that is {LONG_RUN}", general, numbers)


def digits(theory: Theory, experiment: Experiment, spoken: Spoken) -> Formula:
    """`attainable_digits`: the digits of the limit that descent attains in the long run."""
    unit = float(np.finfo(experiment.dtype).eps) / 2
    limit, rate = theory.descent_limit(experiment.x0), theory.optimal_learning_rate
    gradient = rate * float(theory.singular_values[0]) * float(np.sqrt(2 * theory.least_loss))
    size = float(np.linalg.norm(theory.moving_directions @ limit))
    general = (
        r"-\log_{10}\left(u\,\frac{\kappa^2 + 1}{2}\cdot"
        rf"\frac{{\lVert x^*\rVert + {spoken.alpha_latex}\,\sigma_{{\max}} \lVert A x^* - b\rVert}}"
        r"{\lVert A^+ A\,x^*\rVert}\right)"
    )
    name = f"Digits to expect of {experiment.dtype} at the rate that is {LONG_RUN}, an estimate"
    attainable = attainable_digits(theory, experiment)
    if attainable is None:
        return Formula(name, general, r"\text{none: the limit is } 0")
    rounded = f"{number(float(np.linalg.norm(limit)))} + {number(gradient)}"
    ratio = rf"\frac{{{rounded}}}{{{number(size)}}}"
    half = rf"\frac{{{square(theory.condition_number)} + 1}}{{2}}"
    numbers = rf"-\log_{{10}}\left({number(unit)}\cdot {half}\cdot {ratio}\right)"
    return Formula(name, general, rf"{numbers} \approx {number(attainable)}")


def rounding(_: Theory, experiment: Experiment, _spoken: Spoken) -> Formula:
    """The largest error of one operation: Higham (2002), theorem 2.2."""
    unit = np.finfo(experiment.dtype).eps / 2
    general = r"\mathrm{fl}(a \circ b) = (a \circ b)(1 + \delta),\qquad |\delta| \le u"
    bits = {"float32": 24, "float64": 53}[experiment.dtype]
    numbers = rf"u = 2^{{-{bits}}} \approx {number(float(unit))}"
    return Formula(f"One rounding in {experiment.dtype}", general, numbers)


def _factor(experiment: Experiment, curvature: float) -> str:
    """1 - alpha lambda, written so that a value near 1 or -1 does not look like it."""
    step = experiment.learning_rate * curvature
    if abs(step - 1) <= 4 * EPS:  # a one-step mode
        return "0"
    if 0 < step < CLOSE:
        return f"(1 - {number(step)})"
    if 0 < abs(2 - step) < CLOSE:
        return f"(-1 {'+' if step < 2 else '-'} {number(abs(2 - step))})"
    factor = number(1 - step)
    return f"({factor})" if factor.startswith("-") or "cdot" in factor else factor


PARTS: dict[str, tuple[Callable[[Theory, Experiment, Spoken], Formula], ...]] = {
    "modes": (decomposition, curvatures, coordinates, loss),
    "geometry": (limit, split, least),
    "prediction": (path, loss),
    "rounding": (rounding,),
    "conditioning": (condition, rates, pace, digits),
}
