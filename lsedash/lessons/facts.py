"""The vocabulary of goals: everything that a goal, or a sentence in braces, can ask about.

Rates and losses are as the screen shows them, in the visitor's convention for the loss. To add a
quantity, add it here and to the table in `docs/lessons.md`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from lsedash.experiment import DTYPES
from lsedash.lessons import asked
from lsedash.lessons.asked import NOTHING, PARTS
from lsedash.lessons.state import Facts as Facts
from lsedash.programs.pitfalls import PITFALLS
from lsedash.programs.variants import VARIANTS
from lsedash.text.convention import CONVENTIONS
from lsedash.text.settings import SOURCES
from lsedash.theory.conditioning import iterations_per_digit

PAGES = {  # by path, the word for a page in a goal
    "": "descend",
    "learning-rates": "learning-rates",
    "why": "why",
    "code": "code",
    "pitfalls": "pitfalls",
}
PROGRAMS = (*VARIANTS.keys, *PITFALLS.keys)
STATUSES = ("finished", "converged", "diverged", "stopped", "raised", NOTHING)

Value = float | bool | str
Kind = Literal["number", "yes_no", "word"]
Argument = Literal["", "program", "number", "part", "convention"]
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "program": PROGRAMS,
    "part": PARTS,
    "convention": tuple(CONVENTIONS),
}


@dataclass(frozen=True)
class Quantity:
    """Something that a goal can ask about.

    Attributes:
        meaning: what it is, in words.
        kind: of its values.
        value: the value, of facts and an argument ("" if none is given); a rate or a loss is in
            ours unless `spoken` is "".
        argument: the kind of its argument; "" if it has none.
        optional: whether the argument can be left out.
        words: the values of a quantity that is a word.
        spoken: whether a number is a rate or a loss, which the visitor's convention converts.
    """

    meaning: str
    kind: Kind
    value: Callable[[Facts, str], Value]
    argument: Argument = ""
    optional: bool = False
    words: tuple[str, ...] = ()
    spoken: Literal["", "rate", "loss"] = ""


_of_number = partial(Quantity, kind="number")
_of_program = partial(_of_number, argument="program", optional=True)


def _rate(meaning: str, value: Callable[[Facts], float]) -> Quantity:
    return _of_number(meaning, value=lambda facts, _: float(value(facts)), spoken="rate")


def _number(meaning: str, value: Callable[[Facts], float]) -> Quantity:
    return _of_number(meaning, value=lambda facts, _: float(value(facts)))


def _word(
    meaning: str,
    value: Callable[[Facts, str], str],
    words: tuple[str, ...],
    argument: Argument = "",
) -> Quantity:
    return Quantity(meaning, "word", value, argument, words=words)


QUANTITIES: dict[str, Quantity] = {
    "rate": _rate("the learning rate α", lambda f: f.experiment.learning_rate),
    "edge": _rate("the largest stable rate", lambda f: f.theory.critical_learning_rate),
    "edge_of": _of_number(
        "the largest stable rate if the loss is written in this way",
        value=asked.edge_of,
        argument="convention",
    ),
    "best_rate": _rate(
        "the rate with the smallest loss after N iterations",
        lambda f: f.theory.best_learning_rate(f.experiment.x0, f.experiment.iterations),
    ),
    "long_run": _rate(
        "the rate that is fastest in the long run", lambda f: f.theory.optimal_learning_rate
    ),
    "alpha_lambda": _number(
        "αλ for the largest curvature: the edge is 2, whatever the convention",
        lambda f: f.experiment.learning_rate * f.theory.curvatures[0],
    ),
    "factor": _number(
        "1 − αλ: what an iteration multiplies the error in the steepest direction by",
        lambda f: 1 - f.experiment.learning_rate * f.theory.curvatures[0],
    ),
    "iterations": _number("the number of iterations N", lambda f: f.experiment.iterations),
    "loss_ratio": _of_program(
        "loss(N)/loss(0); of several programs the largest, infinite if one diverged",
        value=asked.loss_ratio,
    ),
    "first_loss": _of_number(
        "the loss at the start",
        value=lambda f, _: f.experiment.system.loss(f.experiment.x0),
        spoken="loss",
    ),
    "last_loss": _of_program(
        "loss(N); of several programs the largest, infinite if one diverged",
        value=asked.last_loss,
        spoken="loss",
    ),
    "least_loss": _of_number(
        "the smallest possible loss", value=lambda f, _: f.theory.least_loss, spoken="loss"
    ),
    "left": _of_program(
        "what is left at N of the loss that descent can remove, from 1 down to 0",
        value=asked.left,
    ),
    "over_best": _of_number("loss(N), divided by that at the best rate", value=asked.over_best),
    "rises": Quantity(
        "whether the loss ever rises", "yes_no", asked.rises, "program", optional=True
    ),
    "first_point": _of_number(
        "the first point whose loss is at most the given one; infinite if there is none",
        value=asked.first_point,
        argument="number",
    ),
    "leaves_window": _of_number(
        "the first point outside the window of the path; infinite if there is none",
        value=asked.leaves_window,
    ),
    "period": _of_program(
        "after how many iterations every point comes again; infinite if none does",
        value=asked.period,
    ),
    "difference": _of_program(
        "the largest difference in x from the first program", value=asked.difference
    ),
    "status": _word("how a program ended", asked.status, STATUSES, "program"),
    "kappa": _number("the condition number of A", lambda f: f.theory.condition_number),
    "digit": _number(
        "iterations for one more digit of x, at the rate that is fastest in the long run",
        lambda f: iterations_per_digit(f.theory),
    ),
    "lambda_max": _number("the largest curvature", lambda f: f.theory.curvatures[0]),
    "lambda_min": _number(
        "the smallest curvature that is not zero",
        lambda f: f.theory.curvatures[max(f.theory.rank - 1, 0)],
    ),
    "rank": _number("the rank of A", lambda f: f.theory.rank),
    "m": _number("the number of equations", lambda f: f.experiment.system.m),
    "n": _number("the number of unknowns", lambda f: f.experiment.system.n),
    "frozen": _of_number(
        "the length of the part of the start that descent never changes", value=asked.frozen
    ),
    "start_length": _number(
        "the length of the start x0", lambda f: float(np.linalg.norm(f.experiment.x0))
    ),
    "changed": _of_number(
        "how many entries of a part have changed since the step began",
        value=asked.changed,
        argument="part",
    ),
    "dtype": _word("the precision", lambda f, _: f.experiment.dtype, DTYPES),
    "convention": _word("how the loss is written", lambda f, _: f.convention, tuple(CONVENTIONS)),
    "page": _word("the page", lambda f, _: PAGES.get(f.page, NOTHING), (*PAGES.values(), NOTHING)),
    "program": _word("the program on the page Code", asked.program_shown, (*SOURCES.keys, NOTHING)),
    "line": _of_number("the line that was chosen on the page Code", value=asked.line_shown),
    "pitfall": _word(
        "the pitfall on the page Pitfalls", asked.pitfall_shown, (*PITFALLS.keys, NOTHING)
    ),
}


def value_of(name: str, argument: str, facts: Facts) -> Value:
    """The value of a quantity; a rate or a loss is as the screen shows it."""
    quantity = QUANTITIES[name]
    value = quantity.value(facts, argument)
    if quantity.spoken and isinstance(value, float):
        spoken = facts.spoken
        return spoken.rate(value) if quantity.spoken == "rate" else spoken.loss(value)
    return value
