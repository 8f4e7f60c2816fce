"""What a goal or a sentence of a lesson can ask about the dashboard, after the programs ran."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal

import numpy as np

from lsedash.experiment import DTYPES, Experiment
from lsedash.programs.pitfalls import PITFALLS
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison, Run
from lsedash.text.convention import CONVENTIONS, Spoken, spoken_in
from lsedash.text.setting import DEFAULTS, Settings
from lsedash.text.settings import LINES, LOSS, SOURCES
from lsedash.theory.closed_form import Theory
from lsedash.theory.conditioning import iterations_per_digit
from lsedash.theory.geometry import start_split

PAGES = {
    "": "descend",
    "learning-rates": "learning-rates",
    "why": "why",
    "code": "code",
    "pitfalls": "pitfalls",
    "lessons": "lessons",
}
NOTHING = "nothing"  # the program, or the pitfall, where none is shown
PARTS = ("A", "b", "x0", "lr")
STATUSES = ("finished", "converged", "diverged", "stopped", "raised")


@dataclass(frozen=True, eq=False)
class Facts:
    """A state of the dashboard, after the programs ran.

    Attributes:
        experiment: what ran.
        theory: of its system.
        comparison: the runs of the programs that the visitor chose, and of those that a goal asks
            about beside them.
        start: the experiment as it was when the step began.
        page: the path of the page.
        shown: what the page shows, as the link's `show` has it.
        settings: the pages' settings.
    """

    experiment: Experiment
    theory: Theory
    comparison: Comparison
    start: Experiment
    page: str = ""
    shown: str = ""
    settings: Settings = DEFAULTS

    @property
    def convention(self) -> str:
        """The key of the convention for the loss."""
        return self.settings[LOSS]

    @property
    def spoken(self) -> Spoken:
        """How rates and losses are spoken of."""
        return spoken_in(self.convention, self.experiment.system.m)

    @property
    def variants(self) -> tuple[Run, ...]:
        """The runs of the variants among all runs."""
        return tuple(run for run in self.comparison.runs if run.key in VARIANTS.keys)


Value = float | bool | str
Kind = Literal["number", "yes_no", "word"]
Argument = Literal["", "program", "number", "part"]
Spoke = Literal["", "rate", "loss"]


@dataclass(frozen=True)
class Quantity:
    """Something that a goal can ask about.

    Attributes:
        meaning: what it is, in words.
        kind: of its values.
        value: the value, of facts and an argument ("" if none is given).
        argument: the kind of its argument; "" if it has none.
        optional: whether the argument can be left out.
        words: the values of a quantity that is a word.
        spoken: what a number is, which a convention for the loss converts where it is told.
    """

    meaning: str
    kind: Kind
    value: Callable[[Facts, str], Value]
    argument: Argument = ""
    optional: bool = False
    words: tuple[str, ...] = ()
    spoken: Spoke = ""


def _runs(facts: Facts, program: str) -> tuple[Run, ...]:
    if not program:
        return facts.variants
    return (facts.comparison[program],) if program in facts.comparison else ()


def _loss_ratio(facts: Facts, program: str) -> float:
    ratios = [_ratio(run) for run in _runs(facts, program)]
    return max(ratios, default=inf)


def _ratio(run: Run) -> float:
    if run.status in ("diverged", "raised") or not len(run.losses):
        return inf
    first, last = float(run.losses[0]), float(run.losses[-1])
    if first == 0:
        return 1.0 if last == 0 else inf
    return last / first


def _last_loss(facts: Facts, program: str) -> float:
    runs = _runs(facts, program)
    ended = all(len(run.losses) and run.status not in ("diverged", "raised") for run in runs)
    return max(float(run.losses[-1]) for run in runs) if runs and ended else inf


def _rises(facts: Facts, program: str) -> bool:
    return any(
        run.status == "diverged" or bool((np.diff(run.losses) > 0).any())
        for run in _runs(facts, program)
    )


def _first_point(facts: Facts, tolerance: str) -> float:
    """The first recorded point of the slowest variant whose loss is at most the tolerance."""
    firsts = [_first(run, float(tolerance)) for run in facts.variants]
    return max(firsts, default=inf)


def _first(run: Run, tolerance: float) -> float:
    reached = run.losses <= tolerance
    return float(run.points[int(reached.argmax())]) if reached.any() else inf


def _frozen(facts: Facts, _: str) -> float:
    return float(np.linalg.norm(start_split(facts.theory, facts.experiment.x0).frozen))


def _changed(facts: Facts, part: str) -> float:
    if part == "lr":
        return float(facts.experiment.learning_rate != facts.start.learning_rate)
    now, then = (
        getattr(e if part == "x0" else e.system, part) for e in (facts.experiment, facts.start)
    )
    return float(np.sum(now != then)) if now.shape == then.shape else float(now.size)


def _over_best(facts: Facts, _: str) -> float:
    """The last loss over that at the best rate."""
    x0, N = facts.experiment.x0, facts.experiment.iterations
    best = facts.theory.best_learning_rate(x0, N)
    if not isfinite(best):
        return 1.0
    least, loss = facts.theory.losses(x0, best, [N])[0], _last_loss(facts, "")
    return 1.0 if loss <= least else float(loss / least) if least > 0 else inf


def _program(facts: Facts, _: str) -> str:
    return facts.shown if facts.page == "code" and facts.shown in SOURCES.keys else NOTHING


def _pitfall(facts: Facts, _: str) -> str:
    if facts.page != "pitfalls":
        return NOTHING
    return facts.shown if facts.shown in PITFALLS.keys else PITFALLS.keys[0]


def _line(facts: Facts, _: str) -> float:
    lines = facts.settings[LINES]
    return float(dict(lines).get(_program(facts, ""), 0))


def _status(facts: Facts, program: str) -> str:
    return facts.comparison[program].status if program in facts.comparison else NOTHING


def _difference(facts: Facts, program: str) -> float:
    """The largest |x - x of the first variant|, of one program or of all variants."""
    largest = facts.comparison.largest_disagreement()
    keys = [program] if program else [run.key for run in facts.variants]
    return max((largest.get(key, inf) for key in keys), default=0.0)


def _number(meaning: str, value: Callable[[Facts], float], spoken: Spoke = "") -> Quantity:
    return Quantity(meaning, "number", lambda facts, _: float(value(facts)), spoken=spoken)


QUANTITIES: dict[str, Quantity] = {
    "rate": _number("the learning rate alpha", lambda f: f.experiment.learning_rate, "rate"),
    "alpha_lambda": _number(
        "alpha times the largest curvature lambda_max",
        lambda f: f.experiment.learning_rate * f.theory.curvatures[0],
    ),
    "edge": _number(
        "the largest stable rate, 2/lambda_max",
        lambda f: f.theory.critical_learning_rate,
        "rate",
    ),
    "long_run": _number(
        "the rate that is fastest in the long run",
        lambda f: f.theory.optimal_learning_rate,
        "rate",
    ),
    "best_rate": _number(
        "the rate with the smallest loss after N iterations",
        lambda f: f.theory.best_learning_rate(f.experiment.x0, f.experiment.iterations),
        "rate",
    ),
    "over_best": Quantity(
        "the last loss, divided by the last loss at the best rate", "number", _over_best
    ),
    "loss_ratio": Quantity(
        "loss(N)/loss(0): the last loss divided by the first, the largest of all variants, or that "
        "of one program; infinite if it diverged",
        "number",
        _loss_ratio,
        "program",
        optional=True,
    ),
    "last_loss": Quantity(
        "the last loss, the largest of all variants, or that of one program",
        "number",
        _last_loss,
        "program",
        optional=True,
        spoken="loss",
    ),
    "first_loss": _number(
        "the loss at the start",
        lambda f: f.experiment.system.loss(f.experiment.x0),
        "loss",
    ),
    "least_loss": _number("the smallest possible loss", lambda f: f.theory.least_loss, "loss"),
    "rises": Quantity(
        "whether the loss ever rises, of any variant, or of one program",
        "yes_no",
        _rises,
        "program",
        optional=True,
    ),
    "first_point": Quantity(
        "the first point whose loss is at most this, in all variants; infinite if there is none",
        "number",
        _first_point,
        "number",
    ),
    "digit": _number(
        "iterations for one more digit of x at the rate that is fastest in the long run",
        lambda f: iterations_per_digit(f.theory),
    ),
    "kappa": _number("the condition number of A", lambda f: f.theory.condition_number),
    "lambda_max": _number("the largest curvature", lambda f: f.theory.curvatures[0]),
    "rank": _number("the rank of A", lambda f: f.theory.rank),
    "m": _number("the number of equations", lambda f: f.experiment.system.m),
    "n": _number("the number of unknowns", lambda f: f.experiment.system.n),
    "iterations": _number("the number of iterations N", lambda f: f.experiment.iterations),
    "frozen": Quantity(
        "the length of the part of the start that descent never changes", "number", _frozen
    ),
    "changed": Quantity(
        "how many entries have changed since the step began", "number", _changed, "part"
    ),
    "difference": Quantity(
        "the largest difference in x from the first program",
        "number",
        _difference,
        "program",
        optional=True,
    ),
    "page": Quantity(
        "the page that is open",
        "word",
        lambda f, _: PAGES.get(f.page, f.page),
        words=tuple(PAGES.values()),
    ),
    "program": Quantity(
        "the program that the page Code shows", "word", _program, words=(*SOURCES.keys, NOTHING)
    ),
    "pitfall": Quantity(
        "the pitfall that the page Pitfalls shows",
        "word",
        _pitfall,
        words=(*PITFALLS.keys, NOTHING),
    ),
    "line": Quantity("the line of the program that the page Code looks at", "number", _line),
    "status": Quantity(
        "how a program ended", "word", _status, "program", words=(*STATUSES, NOTHING)
    ),
    "dtype": Quantity("the precision", "word", lambda f, _: f.experiment.dtype, words=DTYPES),
    "convention": Quantity(
        "how the loss is written", "word", lambda f, _: f.convention, words=tuple(CONVENTIONS)
    ),
}
PROGRAMS = (*VARIANTS.keys, *PITFALLS.keys)


def value_of(name: str, argument: str, facts: Facts) -> Value:
    """The value of a quantity."""
    return QUANTITIES[name].value(facts, argument)
