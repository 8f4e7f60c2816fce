"""The data of the stage: every number that it draws, bounded in size for any N and n.

Arrays are sent as base64 of their bytes, so that the browser has them to the last bit.
"""

from dataclasses import asdict
from typing import Any

import numpy as np

from lsedash.checking.verification import Verdict
from lsedash.checking.verified import Verified
from lsedash.experiment import Experiment
from lsedash.explaining.diagnosis import REGIMES
from lsedash.figures.disagreement import disagreement_data, rounding_level
from lsedash.figures.fit import FitData, fit_data
from lsedash.figures.loss import LossData, loss_data
from lsedash.figures.path import PathData, spoken_heights
from lsedash.figures.rows import row_lines
from lsedash.figures.style import DARK, LIGHT, drawn_points, stroke
from lsedash.figures.view import COORDINATES, FIT, MODES, ROWS, View, kinds, path_of
from lsedash.meaning import LONGEST_NAME, Meaning
from lsedash.problem import Array, LinearSystem
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison
from lsedash.stage.packed import packed, said, spectrum
from lsedash.tables.coefficients import coefficients_table
from lsedash.tables.runs_table import runs_table, stamp
from lsedash.tables.table import table_html
from lsedash.text.convention import OURS, Spoken
from lsedash.text.subject import setting
from lsedash.text.unknowns import coordinate_names, row_labels
from lsedash.text.words import LONG_RUN, best_for, why_two_rates
from lsedash.theory.closed_form import Theory
from lsedash.theory.zero import rounding_loss

GRID = 14  # binary digits of a window's width: a thirtieth of a pixel
DRAGGED_DIGITS = 4  # of a start that was dragged in the plane of two modes


def moved_start(experiment: Experiment, view: View, place: Array) -> Array:
    """The start (n,) after it was dragged to a place in the view, (2,), or (1,) for one unknown."""
    n = experiment.system.n
    view = view.fitted(n)
    x0 = experiment.x0.copy()
    if n == 1:
        x0[0] = place[0]
    elif view.kind in (COORDINATES, ROWS):
        x0[[view.across, view.up]] = place
    else:
        directions = view.plane(Theory(experiment.system)).directions
        x0 += (place - directions @ x0) @ directions
        x0 = x0.round(DRAGGED_DIGITS - int(np.floor(np.log10(np.abs(x0).max() or 1))))
    return x0


def payload(
    checked: Verified,
    theory: Theory,
    view: View,
    rate: dict[str, Any],
    meaning: Meaning | None = None,
    spoken: Spoken = OURS,
) -> dict[str, Any]:
    """Everything the browser needs.

    Args:
        view: the view, fitted to the system.
        rate: the state of the learning-rate field: "text", "fault", "follows".
        spoken: the convention for the loss; the losses that are sent are spoken, the rates ours.
    """
    comparison, verdict = checked.comparison, checked.verdict
    experiment, n = comparison.experiment, theory.system.n
    most = view.most_points(n)
    path = spoken_heights(path_of(comparison, theory, view, meaning), spoken)
    loss = loss_data(comparison, theory, most, spoken)
    fitted = fit_data(theory, experiment.x0, meaning) if view.kind == FIT else None
    return {
        "fit": f"{hash(experiment.system)} {view} {spoken.convention.key}",
        "spoken": said(spoken),
        "rate": rate | {"value": experiment.learning_rate},
        **_rates(theory, experiment.iterations),
        **_iterations(experiment.iterations, most),
        "system": setting(experiment),
        "spectrum": spectrum(theory, experiment.x0, path.directions, spoken),
        "path": _path(path, fitted, view, meaning),
        "fitted": _fitted(fitted, theory.system, meaning),
        "lines": _lines(theory, meaning) if view.kind == ROWS else None,
        "view": _view(view, n, meaning),
        "loss": _loss(loss, spoken.loss(_zero(experiment, theory))),
        **_precision(comparison),
        "runs": _runs(comparison, path, loss, fitted, most),
        "verdict": _verdict(comparison, theory, verdict),
        "table": _tables(comparison, theory, verdict, meaning, spoken),
        "themes": {"light": asdict(LIGHT), "dark": asdict(DARK)},
    }


def _rates(theory: Theory, iterations: int) -> dict[str, Any]:
    """The learning rates that have names, and what is said of all others."""
    return {"marks": _marks(theory), "rateNames": _rate_names(iterations), "regimes": REGIMES}


def _iterations(count: int, most: int) -> dict[str, Any]:
    """Their number, and those at which a preview is drawn."""
    return {"iterations": count, "ks": packed(drawn_points(count + 1, most))}


def _precision(comparison: Comparison) -> dict[str, Any]:
    return {"rounding": rounding_level(comparison), "dtype": comparison.experiment.dtype}


def _loss(loss: LossData, rounding: float) -> dict[str, Any]:
    return {"window": loss.window, "zeros": loss.zeros, "rounding": rounding}


def _path(
    path: PathData, fitted: FitData | None, view: View, meaning: Meaning | None
) -> dict[str, Any]:
    """The names of the path's directions, the window of its chart, and the contours."""
    window = path.window if fitted is None else fitted.window
    told = {
        "names": path.names,
        "window": window.tolist(),
        "lines": packed(finely(path.lines, window)),
    }
    return told | _full_names(view, path.directions.shape[1], meaning)


def finely(lines: Array, window: Array) -> Array:
    """Lines on a grid too fine to be seen, whose numbers have few digits and pack well."""
    width = float(np.ptp(window, axis=1).min())
    step = 2.0 ** np.floor(np.log2(width) - GRID) if width > 0 else 0.0
    return lines if step < np.finfo(float).tiny else np.round(lines / step) * step


def _full_names(view: View, n: int, meaning: Meaning | None) -> dict[str, Any]:
    """The names of the path's coordinates in full, for labels, if they have names."""
    if meaning is None or view.kind == MODES:
        return {}
    names = coordinate_names(n, meaning, LONGEST_NAME)
    flat = view.kind in (COORDINATES, ROWS) and n > 1
    return {"full": [names[view.across], names[view.up]] if flat else names}


def _tables(
    comparison: Comparison,
    theory: Theory,
    verdict: Verdict,
    meaning: Meaning | None,
    spoken: Spoken,
) -> str:
    """The table of runs; with somebody's data, the coefficients below it."""
    runs = table_html(runs_table(comparison, theory, verdict, spoken))
    if meaning is None or not len(comparison.runs[0].points):
        return runs
    return runs + table_html(coefficients_table(comparison, theory, meaning))


def _zero(experiment: Experiment, theory: Theory) -> float:
    """The loss below which a loss is 0 to rounding."""
    limit = theory.descent_limit(experiment.x0)
    return rounding_loss(theory.system, limit, experiment.dtype)


def _verdict(comparison: Comparison, theory: Theory, verdict: Verdict) -> dict[str, Any]:
    return {
        "checked": any(len(run.points) for run in comparison.runs),
        "verified": not verdict.departing,
        "difference": verdict.worst if np.isfinite(verdict.worst) else None,
        "text": stamp(comparison, theory, verdict),
    }


def _view(view: View, n: int, meaning: Meaning | None) -> dict[str, Any]:
    """The view, and the views to choose from."""
    names = coordinate_names(n, meaning)
    return asdict(view) | {"kinds": kinds(n, meaning), "n": n, "coordinates": names}


def _fitted(
    fitted: FitData | None, system: LinearSystem, meaning: Meaning | None
) -> dict[str, Any] | None:
    """What *Fit* draws; None in the other views."""
    if fitted is None:
        return None
    return {
        "axes": fitted.axes,
        "rows": packed(system.A),
        "right": packed(system.b),
        "across": packed(fitted.across),
        "grid": packed(fitted.grid),
        "basis": packed(fitted.basis),
        "labels": row_labels(system.m, meaning),
    }


def _lines(theory: Theory, meaning: Meaning | None) -> dict[str, Any]:
    """The rows of A x = b as lines in the plane of two unknowns."""
    lines = row_lines(theory, meaning)
    return asdict(lines) | {"rows": packed(lines.rows), "right": packed(lines.right)}


def _marks(theory: Theory) -> dict[str, float] | None:
    """lambda_max and the learning rates with a name; None for A = 0, which has no edge."""
    if not theory.rank:
        return None
    return {
        "top": float(theory.curvatures[0]),
        "optimal": theory.optimal_learning_rate,
        "edge": theory.critical_learning_rate,
    }


def _rate_names(iterations: int) -> dict[str, Any]:
    """The names of the two rates to choose, and why they differ."""
    names = [LONG_RUN, best_for(iterations)]
    short = [name.partition(" ")[2] for name in names]
    why = why_two_rates(iterations)
    return {"longRun": names[0], "best": names[1], "short": short, "why": why}


def _runs(
    comparison: Comparison, path: PathData, loss: LossData, fitted: FitData | None, most: int
) -> list[dict[str, Any]]:
    differences = disagreement_data(comparison, most).curves
    first, system = comparison.runs[0], comparison.experiment.system
    runs = []
    for run in comparison.runs:
        points, places = path.paths[run.key]
        again = (
            fitted and run is not first and fitted.alike(system, places, path.paths[first.key][1])
        )
        common, apart = differences[run.key]
        runs.append(
            {
                "key": run.key,
                "title": VARIANTS.title_of(run.key),
                **asdict(stroke(run.key)),
                "points": packed(points),
                "places": None if again else packed(places),  # None: those of the first run
                "losses": packed(loss.curves[run.key][1]),
                "apartPoints": packed(common),
                "apart": packed(apart),
            }
        )
    return runs
