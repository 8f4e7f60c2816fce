"""The losses of a sweep: an array that knows its rates and can be drawn."""

from typing import TYPE_CHECKING, Any

import numpy as np

from lsedash.experiment import Experiment
from lsedash.problem import Array

if TYPE_CHECKING:
    from lsedash.figures.curves import Figure


class Sweep(np.ndarray[Any, np.dtype[np.float64]]):
    """The losses of a descent at each learning rate, (N + 1, rates), read and used as an array.

    What is cut out of it or computed from it is a plain array. (It inherits, because every use of
    an array must work; a value with an array inside would need all methods of one.)

    Attributes:
        experiment: what was swept; its own learning rate does not count.
        learning_rates: (rates,).
    """

    experiment: Experiment
    learning_rates: Array

    def __new__(cls, losses: Array, experiment: Experiment, learning_rates: Array) -> "Sweep":
        sweep = np.asarray(losses).view(cls)
        sweep.experiment, sweep.learning_rates = experiment, learning_rates
        return sweep

    def plot(self, *, log_rates: bool = False) -> "Figure":
        """The final loss above the smallest possible one over the rate, as a Plotly figure.

        Beside it the predicted one as dots, the largest stable rate and the rates to choose.

        Args:
            log_rates: whether the rates are on a log axis.
        """
        from lsedash.figures import plots  # a higher floor; only this method needs it

        losses = np.asarray(self)
        return plots.plot_sweep(self.experiment, self.learning_rates, losses, log_rates=log_rates)

    def __getitem__(self, which: Any) -> Any:
        return np.asarray(self)[which]

    @property
    def T(self) -> Array:  # type: ignore[override]  # not a sweep
        """The losses of one rate after the other, (rates, N + 1)."""
        return np.asarray(self).T

    def __array_wrap__(
        self, array: Any, context: Any = None, return_scalar: bool = False, /
    ) -> Any:
        return array[()] if return_scalar else np.asarray(array)

    def __array_finalize__(self, origin: Any) -> None:
        """A copy of a sweep is a sweep, too."""
        if isinstance(origin, Sweep) and origin.shape == self.shape:
            self.__dict__.update(origin.__dict__)

    def __reduce__(self) -> Any:
        return Sweep, (np.asarray(self), self.experiment, self.learning_rates)
