"""How a course writes the loss, and what its learning rates and losses are in ours.

Ours is 1/2 sum. Every other loss is `factor` times ours, with the factor 2, 2/m or 1/m, and so is
its gradient. So a spoken learning rate stands for alpha = factor * rate in ours, and a spoken loss
is factor * loss. Experiments, programs and theory are in ours; what a person reads or writes is
spoken.

Texts are converted without rounding in between: a rate typed as 0.01 comes back as 0.01, and each
alpha has a text that reads back to the same float64.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import TypeVar

from lsedash.problem import Array
from lsedash.text.notation import exact_number, format_number
from lsedash.text.words import brief

Number = TypeVar("Number", float, Array)

MOST_DIGITS = 17  # significant ones, of the shortest text that reads back to a float64


@dataclass(frozen=True)
class Convention:
    """One way to write the loss.

    Attributes:
        key: its name in a link.
        title: its name on screen.
        formula: the loss, as an axis has it.
        code: the loss in plain letters, for a comment in a program.
        latex: the factor before the sum of squares.
        edge: the largest stable learning rate times lambda_max.
        times: 1 or 2; times/m or times is the factor.
        divides: whether the factor is divided by m.
    """

    key: str
    title: str
    formula: str
    code: str
    latex: str
    edge: str
    times: int
    divides: bool

    @property
    def choice(self) -> str:
        """Its name among the conventions to choose from."""
        return f"{self.title} (here)" if self == HALF_SUM else self.title


HALF_SUM = Convention(
    key="half-sum",
    title="½ sum",
    formula="½‖Ax − b‖²",
    code="1/2 ||A x - b||^2",
    latex=r"\tfrac12",
    edge="2",
    times=1,
    divides=False,
)
SUM = Convention(
    key="sum",
    title="sum",
    formula="‖Ax − b‖²",
    code="||A x - b||^2",
    latex="",
    edge="1",
    times=2,
    divides=False,
)
MEAN = Convention(
    key="mean",
    title="mean",
    formula="‖Ax − b‖² / m",
    code="||A x - b||^2 / m",
    latex=r"\tfrac1m",
    edge="m",
    times=2,
    divides=True,
)
HALF_MEAN = Convention(
    key="half-mean",
    title="1/(2m) sum",
    formula="‖Ax − b‖² / (2m)",
    code="||A x - b||^2 / (2 m)",
    latex=r"\tfrac1{2m}",
    edge="2m",
    times=1,
    divides=True,
)
CONVENTIONS = {c.key: c for c in (HALF_SUM, SUM, MEAN, HALF_MEAN)}


@dataclass(frozen=True)
class Spoken:
    """A convention on a system of m equations: rates and losses as a person says them."""

    convention: Convention
    m: int

    @property
    def ours(self) -> bool:
        """Whether nothing has to be converted."""
        return self.convention == HALF_SUM

    @property
    def loss_name(self) -> str:
        """The name of an axis of losses."""
        return f"loss {self.convention.formula}"

    @property
    def divisor(self) -> int:
        """m if the loss is divided by it, else 1."""
        return self.m if self.convention.divides else 1

    @property
    def factor_code(self) -> str:
        """The factor as Python has it: "2 / 97"."""
        times = self.convention.times
        return f"{times} / {self.m}" if self.convention.divides else str(times)

    @property
    def factor(self) -> float:
        """What the loss is, in units of ours."""
        return self.convention.times / self.divisor

    def rate(self, alpha: Number) -> Number:
        """A learning rate as it is spoken."""
        return alpha * self.divisor / self.convention.times

    def loss(self, loss: Number) -> Number:
        """A loss as it is spoken."""
        return loss * self.convention.times / self.divisor

    def own(self, rate: float) -> float:
        """The learning rate in ours of a spoken one, which stands for its shortest text."""
        return self.alpha_of(format_number(rate), rate)

    def alpha_of(self, text: str, value: float) -> float:
        """The learning rate in ours of a spoken text, whose value is given."""
        return self._read(text, value, self._exact)

    def loss_of(self, text: str, value: float) -> float:
        """The loss in ours of a spoken text, whose value is given."""
        return self._read(text, value, 1 / self._exact)

    def rate_text(self, alpha: float) -> str:
        """The shortest text that `alpha_of` reads as this alpha."""
        return self._write(alpha, self._exact)

    def loss_text(self, loss: float) -> str:
        """The shortest text that `loss_of` reads as this loss in ours."""
        return self._write(loss, 1 / self._exact)

    def in_ours(self, alpha: float) -> str:
        """What a rate is in ours: "Here m = 97: your 0.01 is 0.0001031 for ½ sum."."""
        your = f"Here m = {self.m}: your" if self.convention.divides else "Your"
        return f"{your} {brief(self.rate(alpha))} is {brief(alpha)} for {HALF_SUM.title}."

    def in_programs(self, alpha: float) -> str:
        """What rate the programs run with; "" if it is the spoken one."""
        if self.ours:
            return ""
        told = self.with_alpha("")
        since = f" with m = {self.m}" if self.convention.divides else ""
        return (
            f"The programs compute {HALF_SUM.formula}, so their learning_rate is {told}{since}: "
            f"{brief(alpha)} for α = {brief(self.rate(alpha))}."
        )

    def with_alpha(self, right: str) -> str:
        """A product of alpha in ours, as spoken: "2αλ/m" for "λ"."""
        times = "2" if self.convention.times == 2 else ""
        return f"{times}α{right}{'/m' if self.convention.divides else ''}"

    @property
    def alpha_latex(self) -> str:
        """Alpha in ours, in terms of the spoken one."""
        times = "2" if self.convention.times == 2 else ""
        return rf"\tfrac{{{times}\alpha}}{{m}}" if self.convention.divides else rf"{times}\alpha"

    @property
    def _exact(self) -> Fraction:
        return Fraction(self.convention.times, self.divisor)

    def _read(self, text: str, value: float, factor: Fraction) -> float:
        """The value times the factor, rounded once; what is no positive number stays as it is."""
        if self.ours or not 0 < value < inf:
            return value
        return rounded(exact_number(text) * factor)

    def _write(self, value: float, factor: Fraction) -> str:
        if self.ours or not 0 < value < inf:
            return format_number(value)
        exact = Fraction(float(value)) / factor
        texts = (_in_digits(exact, digits) for digits in range(1, MOST_DIGITS + 1))
        return next(text for text in texts if rounded(exact_number(text) * factor) == value)


OURS = Spoken(HALF_SUM, 1)


def spoken_in(key: str, m: int) -> Spoken:
    """The convention with this key on m equations; ours if there is none."""
    return Spoken(CONVENTIONS.get(key, HALF_SUM), m)


def rounded(number: Fraction) -> float:
    """The float64 nearest to a number; infinite if it is too large."""
    try:
        return float(number)
    except OverflowError:
        return inf


def _in_digits(number: Fraction, digits: int) -> str:
    """A positive number with so many significant digits, as `format_number` writes it."""
    power = _power(number)
    scale = Fraction(10) ** (digits - 1 - power)
    whole = round(number * scale)
    if whole == 10**digits:
        whole, power = whole // 10, power + 1
    return decimal_text(whole, power - (digits - 1))


def _power(number: Fraction) -> int:
    """The exponent of ten of a number's first digit."""
    power = len(str(number.numerator)) - len(str(number.denominator))
    return power - 1 if number < Fraction(10) ** power else power


def decimal_text(whole: int, exponent: int) -> str:
    """whole * 10^exponent, with an exponent where a float's repr has one, and as it has it."""
    digits = str(whole).rstrip("0") or "0"
    exponent += len(str(whole)) - len(digits)
    first = len(digits) + exponent  # digits before the point
    if 0 < first <= 16:
        if exponent >= 0:
            return digits + "0" * exponent
        return f"{digits[:first]}.{digits[first:]}"
    if -4 < first <= 0:
        return f"0.{'0' * -first}{digits}"
    mantissa = f"{digits[0]}.{digits[1:]}".rstrip(".")
    return f"{mantissa}e{first - 1:0{3 if first < 1 else 1}d}"
