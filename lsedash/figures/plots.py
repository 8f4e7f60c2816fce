"""The figures that stand alone: in a notebook, a paper or a slide, with title and template.

`comparison.plot_losses()` and its neighbours draw them. Data and curves are those of the pages.
"""

from collections.abc import Mapping
from textwrap import wrap

import numpy as np
from plotly.graph_objects import Figure

from lsedash.experiment import Experiment
from lsedash.figures import template
from lsedash.figures.curves import QUIET, Curve, coordinate_figure, drawable, path_figure
from lsedash.figures.disagreement import disagreement_figure
from lsedash.figures.modes import stack, stack_figure, to_scale
from lsedash.figures.path import PathData
from lsedash.figures.prediction import compared_figure, named
from lsedash.figures.rates import NAME, gap_figure
from lsedash.figures.style import Stroke, drawn_points, looks_of, plotly_text
from lsedash.figures.view import COORDINATES, MODES, View, path_of
from lsedash.meaning import Meaning
from lsedash.problem import Array, InvalidInput
from lsedash.programs.variants import NUMPY
from lsedash.running.rates import Scan
from lsedash.running.run import Comparison
from lsedash.text.subject import setting
from lsedash.text.words import brief, plural
from lsedash.theory.closed_form import Theory
from lsedash.theory.named_rates import rates_to_choose

HEIGHT, TALL = 420, 520  # pixels
EDGE = 20  # pixels, from the names of the axes to the edge of the paper
WIDEST = 84  # letters in a line below the title
TITLE, LINE = 20, 13  # pixels: the size of the title's letters, and of those below it
PREDICTED = Stroke(QUIET, "", "circle-open", 2)


def plot_losses(comparison: Comparison) -> Figure:
    """The losses of all programs, the predicted ones as dots, and the smallest possible loss."""
    theory = Theory(comparison.experiment.system)
    figure = compared_figure(comparison, theory)
    return _alone(figure, "Loss", _said(comparison.experiment))


def plot_path(
    comparison: Comparison, view: str, across: int, up: int, meaning: Meaning | None
) -> Figure:
    """The paths of all programs in a plane; of one unknown, over the iterations."""
    experiment = comparison.experiment
    theory, looks = Theory(experiment.system), looks_of(comparison)
    seen = _checked(View(view, across, up), theory.system.n)
    data = path_of(comparison, theory, seen, meaning)
    one = theory.system.n == 1
    curves = [
        Curve(named(key), ks.astype(float) if one else path[:, 0], path[:, -1], looks[key])
        for key, (ks, path) in data.paths.items()
    ]
    figure = coordinate_figure(curves, data) if one else _in_plane(curves, data)
    return _alone(figure, "Path of the iterates", _said(experiment), TALL)


def plot_disagreement(comparison: Comparison) -> Figure:
    """How far each program is from the first in x, and the size of one rounding of x."""
    figure = disagreement_figure(comparison)
    return _alone(figure, "Disagreement with the first program", _said(comparison.experiment))


def plot_modes(theory: Theory, experiment: Experiment) -> Figure:
    """The predicted loss as a stack of its modes."""
    ks = drawn_points(experiment.iterations + 1).astype(float)
    descent = experiment.x0, experiment.learning_rate, ks
    loss = Curve("predicted loss", ks, theory.losses(*descent), PREDICTED)
    figure = stack_figure(stack(theory, *descent), loss)
    return _alone(figure, "Loss as a stack of its modes", _said(experiment))


def plot_sweep(
    experiment: Experiment, learning_rates: Array, losses: Array, *, log_rates: bool
) -> Figure:
    """The final loss above the smallest possible one over the rate, and the predicted one as dots.

    Args:
        losses: (points, rates).
        log_rates: whether the rates are on a log axis.
    """
    theory, n = Theory(experiment.system), experiment.iterations
    predicted = [theory.losses(experiment.x0, rate, [n])[0] for rate in learning_rates]
    gaps = np.array(predicted) - theory.least_loss
    marks = rates_to_choose(theory, experiment) | {"edge": theory.critical_learning_rate}
    scan, names = Scan(learning_rates, {NUMPY.key: losses[-1]}, {}), {NUMPY.key: "measured"}
    figure = gap_figure(scan, names, theory.least_loss, gaps, marks, log_rates=log_rates)
    if log_rates:
        figure.update_xaxes(type="log", exponentformat="e")
    told = _told(experiment, f"after {plural(n, 'iteration')}")
    return _alone(figure, "Final loss over the rate", told, above=_rows_of_names(marks))


def _checked(view: View, n: int) -> View:
    """The view, if n unknowns have it.

    Raises:
        InvalidInput: they do not.
    """
    if view.kind not in (COORDINATES, MODES) or (view.kind == MODES and n == 1):
        raise InvalidInput(
            f"The view must be '{COORDINATES}', or '{MODES}' for two or more unknowns; it is "
            f"{view.kind!r} for {plural(n, 'unknown')}."
        )
    low, high = sorted((view.across, view.up))
    if n > 1 and not 0 <= low < high < n:
        raise InvalidInput(
            f"across and up must be two different unknowns, counted from 0 to {n - 1}; they are "
            f"{view.across} and {view.up}."
        )
    return view


def _in_plane(curves: list[Curve], data: PathData) -> Figure:
    window = data.window
    return to_scale(path_figure([drawable(c, window) for c in curves], data, window), window)


def _said(experiment: Experiment) -> str:
    """The setting of a chart at one learning rate, in a line."""
    rate, count = brief(experiment.learning_rate), plural(experiment.iterations, "iteration")
    return _told(experiment, f"α = {rate} · {count}")


def _told(experiment: Experiment, rest: str) -> str:
    return f"{setting(experiment)} · {rest}"


def _rows_of_names(marks: Mapping[str, float]) -> int:
    """Pixels that the names of rates take above the plot."""
    return NAME * sum(bool(np.isfinite(rate)) for rate in marks.values())


def _alone(
    figure: Figure, title: str, told: str, height: int = HEIGHT, *, above: int = 0
) -> Figure:
    """The chart with a title, its setting below it, the legend beside it, and our template.

    Args:
        above: pixels between the title and the plot that are taken.
    """
    lines = [plotly_text(line) for line in wrap(told, WIDEST)]
    top = 34 + TITLE + (LINE + 5) * len(lines) + above
    figure.update_layout(
        template=template.NAME,
        paper_bgcolor=None,
        plot_bgcolor=None,
        height=height,
        margin={"l": EDGE, "r": EDGE, "t": top, "b": EDGE},
        title={
            "text": title,
            "font_size": TITLE,
            "subtitle": {"text": "<br>".join(lines), "font_size": LINE},
            "x": 0,
            "xref": "paper",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 14},
        },
        legend={"orientation": "v", "x": 1.02, "y": 1, "xanchor": "left", "yanchor": "top"},
    )
    return figure
