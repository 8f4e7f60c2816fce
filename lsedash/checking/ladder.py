"""Are the variants the same, to the last bit? If not, which operation is responsible?

A program may differ from NumPy's by an operation of its own and by how its matrix products add
up. Each is taken away alone, then both: what makes the difference vanish was its cause.
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

# By a variant's key, the key of the replacement that has its own operation replaced ...
_OWN_OPERATION = {
    "torch_autograd": "autograd_sum_of_squares",
    "torch_optimizer": "optimizer_plain_update",
}
# ... and of NumPy's program with the same products. A variant that is in neither has one rung.
_PRODUCTS = {
    "torch_autograd": "numpy_bmm",
    "torch_mse_loss": "numpy_matmul",
    "torch_module": "numpy_matmul",
    "torch_optimizer": "numpy_matmul",
}


@dataclass(frozen=True)
class Rung:
    """Two programs held against each other.

    Attributes:
        program_key: the variant, or the same with its own operation replaced.
        reference_key: NumPy by hand, or the same with PyTorch's products.
        difference: of their iterates.
    """

    program_key: str
    reference_key: str
    difference: Difference


@dataclass(frozen=True)
class Ladder:
    """One variant against NumPy by hand: as it is, and with what may be responsible made alike.

    Attributes:
        variant: the variant.
        rungs: as it is; its own operation replaced; PyTorch's products in NumPy; both: those of
            them that there are. In the last, all that is known to differ has been made alike.
        losses: the difference of the losses as they are. A loss may differ where x does not: its
            value has no part in the step.
    """

    variant: Program
    rungs: tuple[Rung, ...]
    losses: Difference

    @property
    def equal(self) -> bool:
        """Whether its iterates are NumPy's to the last bit."""
        return self.rungs[0].difference.equal

    @property
    def explained(self) -> bool:
        """Whether nothing is left once all that is known has been made alike."""
        return self.rungs[-1].difference.equal

    @property
    def cause(self) -> Cause:
        """What has to be made alike to make the iterates equal to the last bit.

        "both" if neither alone is enough, "remainder" if both are not. Only whether a difference is
        gone counts: how large one is, is up to chance.
        """
        if self.equal:
            return "same"
        if not self.explained:
            return "remainder"
        *alone, _ = self.rungs[1:]
        for rung in alone:
            if rung.difference.equal:
                own = rung.reference_key == NUMPY.key
                return "own operation" if own else "order of sums"
        return "both" if alone else "order of sums"


def ladders(experiment: Experiment, deadline: float | None = None) -> tuple[Ladder, ...]:
    """The ladder of each variant but NumPy's, in their order; arguments as of `stream_ladders`."""
    *_, last = stream_ladders(experiment, deadline)
    found: tuple[Ladder, ...] = last.snapshot()
    return found


def stream_ladders(experiment: Experiment, deadline: float | None = None) -> Iterator[Progress]:
    """Run all programs and replacements; a snapshot is `ladders` of what there is by then.

    Args:
        experiment: what to run. Of more than 20 001 points, evenly spaced ones are compared.
        deadline: stop after so many seconds with what there is; None to run on.
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
    apart = difference(comparison[program_key], comparison[reference_key])
    return Rung(program_key, reference_key, apart)
