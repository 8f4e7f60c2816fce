"""Numbers, matrices and sums as LaTeX, short enough to read."""

from collections.abc import Sequence
from math import floor, isinf, isnan, log10

from lsedash.problem import Array

MOST_ROWS = 6  # of a matrix that is written out
MOST_TERMS = 3  # of a sum or a list that is written out
DIGITS = 4


def number(value: float) -> str:
    r"""A number to four digits: 0.4172, -12, 1.5\cdot 10^{-5}, \infty.

    Raises:
        ValueError: the value is nan.
    """
    value = float(value)
    if isnan(value):
        raise ValueError("A formula has no place for nan.")
    if isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    if value and not -3 <= floor(log10(abs(value))) < 6:
        digits, exponent = f"{value:.{DIGITS - 1}e}".split("e")
        return rf"{float(digits):g}\cdot 10^{{{int(exponent)}}}"
    return f"{float(f'{value:.{DIGITS}g}') + 0.0:.10g}"  # + 0.0 turns -0 into 0


def square(value: float) -> str:
    r"""A number that is not negative, squared: 12^2, (1.5\cdot 10^{7})^2."""
    text = number(value)
    return f"({text})^2" if "cdot" in text else f"{text}^2"


def matrix(values: Array) -> str:
    """A matrix (m, n), or a vector (m,) as a column; only the size of a large one."""
    rows = values.reshape(len(values), -1)
    if max(rows.shape) > MOST_ROWS:
        return rf"[{rows.shape[0]}\times {rows.shape[1]}]"
    body = r" \\ ".join(" & ".join(number(value) for value in row) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def total(terms: Sequence[str]) -> str:
    """The sum of the terms; of many, the first ones and how many more there are."""
    more = len(terms) - MOST_TERMS
    text = " + ".join(terms[:MOST_TERMS]) or "0"
    return text if more <= 0 else rf"{text} + \cdots \text{{ ({more} more)}}"


def listed(terms: Sequence[str]) -> str:
    """The terms in a row; of many, the first ones."""
    return r",\quad ".join(terms[:MOST_TERMS]) + (r",\ \ldots" if len(terms) > MOST_TERMS else "")
