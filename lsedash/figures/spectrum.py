"""The chart of spectra: the singular values of a system and of its remedies."""

from collections.abc import Sequence

import numpy as np
from plotly.graph_objects import Figure

from lsedash.figures.curves import TALL, Curve, finished, log_axis, trace
from lsedash.figures.style import Stroke
from lsedash.theory.closed_form import Theory

LOOKS = (
    Stroke("#0072B2", "", "circle", 4),
    Stroke("#E69F00", "12px,5px", "square", 3),
    Stroke("#009E73", "5px,4px", "diamond", 3),
    Stroke("#CC79A7", "10px,3px,2px,3px", "triangle-up", 3),
)


def spectrum_figure(spectra: Sequence[tuple[str, Theory]]) -> Figure:
    """The singular values above 0 over their number, each spectrum divided by its largest value.

    A curve ends at the right at 1 / condition number.

    Args:
        spectra: (name, theory) of up to four systems, the loaded one first; none of A = 0.
    """
    curves = []
    for (name, theory), look in zip(spectra, LOOKS, strict=False):
        values = theory.singular_values[: theory.rank] / theory.singular_values[0]
        curves.append(Curve(name, np.arange(1.0, theory.rank + 1), values, look))
    figure = Figure([trace(curve) for curve in curves])
    low = float(np.log10(min(curve.y.min() for curve in curves)))
    log_axis(figure, low - 0.15 - 0.05 * abs(low), 0.15)
    longest = max(len(curve.x) for curve in curves)
    figure.update_xaxes(range=[0.7, longest + 0.3], dtick=1 if longest <= 12 else None)
    finished(figure, "number of the singular value", "fraction of the largest")
    return figure.update_layout(height=TALL)
