"""Are the variants the same, to the last bit? If not, which operation is responsible?

A program may differ from NumPy's in one operation of its own and in the order of the sums in its
matrix products. Each of the two is replaced alone, then both: if the difference vanishes, the
replaced operation was its cause.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from lsedash.checking.bits import MOST_POINTS, Difference, difference, loss_difference
from lsedash.experiment import Experiment
from lsedash.programs.program import Program
from lsedash.programs.replacements import REPLACEMENTS
from lsedash.programs.variants import NUMPY, VARIANTS
from lsedash.running.run import Comparison, Progress
from lsedash.running.runner import stream

Cause = Literal["same", "own operation", "order of sums", "both", "remainder"]

PROGRAMS = (*VARIANTS, *REPLACEMENTS)

# By variant key: the replacement of the variant's own operation ...
_OWN_OPERATION = {
    "torch_autograd": "autograd_sum_of_squares",
    "torch_optimizer": "optimizer_plain_update",
}
# ... and NumPy's program with the variant's matrix products. A variant in neither has one rung.
_PRODUCTS = {
    "torch_autograd": "numpy_bmm",
    "torch_mse_loss": "numpy_matmul",
    "torch_module": "numpy_matmul",
    "torch_optimizer": "numpy_matmul",
}


@dataclass(frozen=True)
class Rung:
    """The comparison of two programs.

    Attributes:
        program_key: the variant, or the variant with its own operation replaced.
        reference_key: NumPy by hand, or NumPy by hand with PyTorch's products.
        difference: of their iterates.
    """

    program_key: str
    reference_key: str
    difference: Difference


@dataclass(frozen=True)
class Ladder:
    """One variant compared with NumPy by hand, without and with replacements.

    Attributes:
        variant: the variant.
        rungs: the comparisons that exist, in this order: without replacement; the variant's own
            operation replaced; PyTorch's products in NumPy; both.
        losses: the difference of the losses without replacement. Losses may differ though x does
            not, because a step does not use the loss.
    """

    variant: Program
    rungs: tuple[Rung, ...]
    losses: Difference

    @property
    def equal(self) -> bool:
        """Whether its iterates equal NumPy's to the last bit."""
        return self.rungs[0].difference.equal

    @property
    def explained(self) -> bool:
        """Whether no difference is left after all replacements."""
        return self.rungs[-1].difference.equal

    @property
    def cause(self) -> Cause:
        """The replacement that makes the iterates equal to the last bit.

        "both" if neither replacement alone does, "remainder" if both together do not. The size of a
        difference is ignored, because it depends on chance.
        """
        if self.equal:
            return "same"
        if not self.explained:
            return "remainder"
        *single, _ = self.rungs[1:]
        for rung in single:
            if rung.difference.equal:
                own = rung.reference_key == NUMPY.key
                return "own operation" if own else "order of sums"
        return "both" if single else "order of sums"


def ladders(experiment: Experiment, deadline: float | None = None) -> tuple[Ladder, ...]:
    """The ladder of each variant but NumPy's, in order; for the arguments see `stream_ladders`."""
    *_, last = stream_ladders(experiment, deadline)
    result: tuple[Ladder, ...] = last.snapshot()
    return result


def stream_ladders(experiment: Experiment, deadline: float | None = None) -> Iterator[Progress]:
    """Run all programs and replacements; a snapshot is the ladders of the points so far.

    Args:
        experiment: what to run. Of more than 20 001 points, evenly spaced ones are compared.
        deadline: stop after so many seconds with the points computed by then; None for no limit.
    """
    for report in stream(experiment, PROGRAMS, MOST_POINTS, deadline):
        yield replace(report, snapshot=partial(_snapshot, report))


def _snapshot(report: Progress) -> tuple[Ladder, ...]:
    comparison = report.snapshot()
    return tuple(_ladder(variant, comparison) for variant in VARIANTS if variant != NUMPY)


def _ladder(variant: Program, comparison: Comparison) -> Ladder:
    losses = loss_difference(comparison[variant.key], comparison[NUMPY.key])
    return Ladder(variant, tuple(_rungs(variant, comparison)), losses)


def _rungs(variant: Program, comparison: Comparison) -> Iterator[Rung]:
    own, products = _OWN_OPERATION.get(variant.key), _PRODUCTS.get(variant.key)
    for reference in (NUMPY.key, products):
        for program in (variant.key, own):
            if program and reference:
                yield _rung(program, reference, comparison)


def _rung(program_key: str, reference_key: str, comparison: Comparison) -> Rung:
    runs = comparison[program_key], comparison[reference_key]
    return Rung(program_key, reference_key, difference(*runs))
