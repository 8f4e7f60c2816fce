"""An experiment: everything needed to repeat a descent."""

from dataclasses import dataclass, fields
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from lsedash.problem import Array, InvalidInput, InvalidSystem, LinearSystem, frozen_array
from lsedash.text.words import plural

if TYPE_CHECKING:
    from lsedash.meaning import Meaning
    from lsedash.stage.stage import Stage

DTYPES = ("float64", "float32")


@dataclass(frozen=True, eq=False)
class Experiment:
    """One descent on one system, the same for every variant.

    Args:
        system: the linear system, m equations in n unknowns.
        x0: the start, (n,); zeros if None.
        learning_rate: the step size, finite and positive.
        iterations: how many updates, N >= 0; a finished run has N + 1 points.
        tolerance: stop at the first point whose loss is at most this; None to run all iterations.
        dtype: "float64" or "float32", the precision in which the variants compute.

    Use `dataclasses.replace` to change a value.

    Raises:
        InvalidInput: a value is out of its range.
        InvalidSystem: x0 does not fit the system.
    """

    system: LinearSystem
    x0: Array = None  # type: ignore[assignment]  # __post_init__ makes it an array
    learning_rate: float = 0.1
    iterations: int = 50
    tolerance: float | None = None
    dtype: str = "float64"

    if TYPE_CHECKING:  # the arguments need not be arrays

        def __init__(
            self,
            system: LinearSystem,
            x0: ArrayLike | None = None,
            learning_rate: float = 0.1,
            iterations: int = 50,
            tolerance: float | None = None,
            dtype: str = "float64",
        ) -> None: ...

    def __post_init__(self) -> None:
        x0 = np.zeros(self.system.n) if self.x0 is None else self.x0
        object.__setattr__(self, "x0", frozen_array(x0, 1, "x0"))
        self._check_x0()
        self._check_learning_rate()
        self._check_iterations()
        self._check_tolerance()
        if self.dtype not in DTYPES:
            raise InvalidInput(
                f"The dtype must be float64 or float32; it is {self.dtype!r}.", field="dtype"
            )

    def _check_x0(self) -> None:
        entries, n = len(self.x0), self.system.n
        if entries != n:
            raise InvalidSystem(
                f"x0 has {plural(entries, 'entry')} but A has {plural(n, 'column')}; "
                "give x0 one entry per column of A.",
                field="x0",
            )

    def _check_learning_rate(self) -> None:
        rate = self.learning_rate
        if not (_is_number(rate) and isfinite(rate) and rate > 0):
            raise InvalidInput(f"The learning rate must be positive; it is {rate}.", field="lr")

    def _check_iterations(self) -> None:
        count = self.iterations
        if isinstance(count, bool) or not isinstance(count, int | np.integer) or count < 0:
            raise InvalidInput(
                f"The number of iterations must be a whole number, 0 or more; it is {count}.",
                field="iterations",
            )

    def _check_tolerance(self) -> None:
        value = self.tolerance
        if value is not None and not (_is_number(value) and isfinite(value) and value >= 0):
            raise InvalidInput(
                f"The tolerance must be 0 or more, or left out; it is {value}.",
                field="tolerance",
            )

    def arguments(self) -> tuple[Array, Array, Array, float, int]:
        """A variant's arguments: A, b and x0 in the chosen dtype, learning rate, iterations.

        A and b are read-only: the system's own arrays in float64, copies in float32. x0 is a copy.
        """
        system = self.system
        with np.errstate(over="ignore"):  # an entry too large for float32 makes the run diverge
            A, b = (array.astype(self.dtype, copy=False) for array in (system.A, system.b))
            x0 = self.x0.astype(self.dtype)
        A.flags.writeable = b.flags.writeable = False
        return A, b, x0, self.learning_rate, self.iterations

    def stage(self, *, view: str = "coordinates", meaning: "Meaning | None" = None) -> "Stage":
        """Run the programs; the stage of their runs, which can be saved as a page.

        `experiment.stage().save("stage.html")` writes one file that a browser opens without a
        network; as the last line of a notebook's cell, `experiment.stage()` shows it.

        Args:
            view: what is shown first: "coordinates", "modes", "space", "fit" or "rows". A system
                that does not have the view is shown in coordinates.
            meaning: what the columns of A stand for, as `design` says it.
        """
        from lsedash.stage.stage import stage_of  # a higher floor

        return stage_of(self, view=view, meaning=meaning)

    def _repr_html_(self) -> str:
        """A small table, for notebooks."""
        from lsedash.export import notebook  # a higher floor; only notebooks need it

        return notebook.html_of(notebook.experiment_table(self))

    def __reduce__(self) -> tuple[type["Experiment"], tuple[object, ...]]:
        values = tuple(getattr(self, field.name) for field in fields(self))
        return Experiment, values  # so that x0 from a pickle is read-only too

    def key(self) -> tuple[object, ...]:
        """Equal for two experiments with the same values and bits."""
        rest = (self.learning_rate, self.iterations, self.tolerance, self.dtype)
        return self.system.key(), self.x0.tobytes(), *rest

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Experiment) and self.key() == other.key())

    def __hash__(self) -> int:
        return hash(self.key())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
