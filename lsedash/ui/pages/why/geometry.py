"""Geometry: equations as lines, and the parts of residual and start that descent changes."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from lsedash.checking.verified import Verified
from lsedash.figures.curves import Curve, drawable, loss_curve
from lsedash.figures.geometry import (
    drawn_equations,
    floor_loss_figure,
    parabola_figure,
    plane_figure,
    row_figure,
    widened,
)
from lsedash.figures.path import parabola_data, plane_data, spoken_heights
from lsedash.figures.view import COORDINATES, View
from lsedash.meaning import Meaning
from lsedash.problem import Array
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison
from lsedash.tables.table import Row, Table, table_html
from lsedash.text.convention import OURS, Spoken
from lsedash.text.subject import subject
from lsedash.text.unknowns import LONG, coordinate_names
from lsedash.text.words import brief, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.geometry import (
    ResidualSplit,
    StartSplit,
    equations,
    residual_split,
    start_split,
)
from lsedash.theory.rounding import rounding_distance
from lsedash.ui.pages.why.modes import SHADOW, thin
from lsedash.ui.state import edits
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.progress import ProgressPlace

MOST_ROWS = 8  # entries of a vector that is written out


def geometry(checked: Verified, theory: Theory, _place: ProgressPlace) -> None:
    """Draw the part."""
    comparison = checked.comparison
    x0 = comparison.experiment.x0
    residual, start = residual_split(theory, x0), start_split(theory, x0)
    _pictures(comparison, theory, start)
    drawn, m = len(drawn_equations(theory)), theory.system.m
    if theory.system.n <= 2 and drawn < m:
        st.caption(f"{drawn} of the {m} equations are drawn, evenly spaced.")
    if theory.system.n > 2:
        st.caption(SHADOW)
    rate = comparison.experiment.learning_rate
    if not theory.converges(rate):
        st.info(
            "At this learning rate descent does not converge. What follows holds for learning "
            f"rates below {brief(edits.spoken().rate(theory.critical_learning_rate))}."
        )
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(describe_solutions(theory, start))
        st.html(table_html(start_table(start, theory, edits.meaning())))
        if theory.system.n == 2 and theory.least_loss:  # else the chart is above already
            _floor_chart(comparison, theory)
    with right:
        st.markdown(describe_residual(residual, theory, edits.spoken()))
        st.html(table_html(residual_table(residual, theory)))


def _pictures(comparison: Comparison, theory: Theory, start: StartSplit) -> None:
    """Draw the equations beside the contours; for many unknowns, the loss beside the contours."""
    run, experiment, n = comparison.runs[0], comparison.experiment, theory.system.n
    x0 = experiment.x0
    left, right = st.columns(2, gap="medium")
    if n == 1:
        window = spoken_heights(parabola_data(comparison, theory), edits.spoken()).window
        with left:
            figure = parabola_figure(theory, x0, window, edits.meaning(), edits.spoken())
            shown = replace(subject("Loss and each equation", experiment), iterations=None)
            chart("geometry_rows", figure, "The loss, and each equation's own solution", shown)
        with right:
            _floor_chart(comparison, theory)
        return
    view, meaning = edits.view(n), edits.meaning()
    plane = (view if view.kind == COORDINATES and n > 2 else View()).plane(theory, meaning)
    data = plane_data(comparison, theory, plane)
    minimum_norm = data.directions @ start.minimum_norm
    window = widened(data.window, [minimum_norm] if theory.rank < n else [])
    path = data.paths[run.key][1]
    curve = drawable(Curve(VARIANTS.title_of(run.key), path[:, 0], path[:, 1], thin(run)), window)
    with left:
        if n == 2:
            shown = replace(subject("Equations as lines", experiment), iterations=None)
            figure = row_figure(theory, x0, window, meaning)
            chart("geometry_rows", figure, "Each equation as a line", shown)
        else:
            _floor_chart(comparison, theory)
    with right:
        figure = plane_figure([curve], data, theory, x0, window)
        shown = subject("Path over the contours", experiment, rate=experiment.learning_rate)
        chart("geometry_plane", figure, "The path over the contours of the loss", shown)


def _floor_chart(comparison: Comparison, theory: Theory) -> None:
    run, experiment = comparison.runs[0], comparison.experiment
    spoken = edits.spoken()
    losses = spoken.loss(run.losses)
    curve = loss_curve(VARIANTS.title_of(run.key), run.points, losses, thin(run))
    shown = subject("Loss and its floor", experiment, rate=experiment.learning_rate)
    figure = floor_loss_figure(curve, theory, spoken)
    chart("geometry_loss", figure, "The loss and its floor", shown)


def describe_solutions(theory: Theory, start: StartSplit) -> str:
    """Which solutions exist and which of them descent finds, in Markdown."""
    m, n, frozen = theory.system.m, theory.system.n, theory.system.n - theory.rank
    kind = "least-squares solution" if theory.least_loss else "solution"
    if not frozen:
        hold = "The equation holds" if m == 1 else f"All {m} equations hold"
        meaning = f"{hold} there." if not theory.least_loss else "No x solves all equations."
        return f"**One {kind}**, whatever the start. {meaning}"
    length = float(np.linalg.norm(start.frozen))
    shape = {1: "a line", 2: "a plane"}.get(frozen, f"a space of {frozen} dimensions")
    shape = shape if frozen < n else "all x"
    end = (
        f"This start has a part of length {brief(length)} in it, which descent never changes. "
        "Descent ends that far from the minimum-norm solution."
        if length > 0
        else "This start has no part in it, so descent ends at the minimum-norm solution."
    )
    if not theory.rank_is_exact:
        return (
            f"**Many {kind}s to rounding**: {shape}, along which A x changes by no more than "
            f"rounding errors. A is at the limit of float64: without rounding its rank is above "
            f"{theory.rank}. {end}"
        )
    return f"**Many {kind}s**: {shape}, along the null space of A. {end}"


def describe_residual(split: ResidualSplit, theory: Theory, spoken: Spoken = OURS) -> str:
    """How much of the start's loss descent can remove, in Markdown."""
    whole = spoken.loss(split.removable_loss + split.floor_loss)
    floor = spoken.loss(split.floor_loss)
    if split.removable_loss == 0:
        if not theory.least_loss:
            return "**The start is a solution**, up to rounding: there is no loss to remove."
        return (
            f"**The start is a least-squares solution**, up to rounding: its loss, {brief(whole)}, "
            "is the smallest possible one."
        )
    if not theory.least_loss:
        return f"**Descent can remove the whole loss of the start**, {brief(whole)}."
    share = floor / whole
    start, stays = tell_apart(whole, floor)
    return (
        f"**Of the start's loss, {start}, at least {stays} stays** ({brief(100 * share, 3)} %), "
        "because that part of the residual is orthogonal to every A x."
    )


def start_table(split: StartSplit, theory: Theory, meaning: Meaning | None = None) -> Table:
    """The start, its two parts and where descent ends, entry by entry if the entries are few.

    If A is standardised, where descent ends is told in the units of the data, too.
    """
    columns = {
        "start x0": split.moving + split.frozen,
        "moving part": split.moving,
        "frozen part": split.frozen,
        "ends at": split.limit,
        "minimum norm": split.minimum_norm,
    }
    names = coordinate_names(len(split.moving), meaning, LONG)
    zero = rounding_distance(theory, split.limit)
    table = vectors_table("The start and where it ends", columns, names, zero)
    if meaning is None or not meaning.standardised or len(names) > MOST_ROWS:
        return table
    own = [brief(value, 5) for value in meaning.back(split.limit)] + [""]  # no length
    rows = [(*row, value) for row, value in zip(table.rows, own, strict=True)]
    return replace(table, heads=(*table.heads, "in the data's units"), rows=rows)


def residual_table(split: ResidualSplit, theory: Theory) -> Table:
    """The start's residual and its two parts, equation by equation if the equations are few."""
    columns = {
        "residual at the start": split.residual,
        "descent removes": split.removable,
        "stays": split.floor,
    }
    names = [f"equation {row.number}" for row in equations(theory.system)]
    return vectors_table("The start's residual", columns, names)


def vectors_table(
    label: str, columns: dict[str, Array], names: Sequence[str], zero: float = 0.0
) -> Table:
    """Vectors side by side: one row for each entry if there are few, and one for the lengths.

    Args:
        zero: the size up to which an entry is 0 to rounding.
    """
    rows = []
    columns = {head: np.where(np.abs(v) <= zero, 0.0, v) for head, v in columns.items()}
    if len(names) <= MOST_ROWS:
        rows = [_row(name, [v[i] for v in columns.values()]) for i, name in enumerate(names)]
    lengths = [float(np.linalg.norm(vector)) for vector in columns.values()]
    name = "2-norm" if rows else f"2-norm of all {len(names)}"
    return Table(label, ("", *columns), [*rows, _row(name, lengths)])


def _row(name: str, values: Sequence[float]) -> Row:
    return (name, *(brief(value, 5) for value in values))
