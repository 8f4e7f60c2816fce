"""Predicted and measured: the closed form over the curves, their difference, and the reasons."""

import numpy as np
import streamlit as st

from lsedash.checking.verification import Verdict, reasons
from lsedash.checking.verified import Verified
from lsedash.figures.prediction import compared_figure, deviation_figure
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison
from lsedash.tables.runs_table import sample
from lsedash.tables.table import Cell, Row, Table, table_html
from lsedash.text.subject import subject
from lsedash.text.words import brief
from lsedash.theory.closed_form import Theory
from lsedash.ui.state import edits
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.progress import ProgressPlace

HEADS = ("program", "largest difference", "at iteration", "roundings (eps)", "agrees")


def prediction(checked: Verified, theory: Theory, _place: ProgressPlace) -> None:
    """Draw the part."""
    comparison, verdict = checked.comparison, checked.verdict
    experiment = comparison.experiment
    rate = experiment.learning_rate
    left, right = st.columns(2, gap="medium")
    with left:
        figure = compared_figure(comparison, theory, edits.spoken())
        shown = subject("Measured and predicted losses", experiment, rate=rate)
        chart("prediction_losses", figure, "Measured losses, and predicted losses as dots", shown)
    with right:
        figure = deviation_figure(comparison, verdict)
        shown = subject("Distance to the prediction", experiment, rate=rate)
        chart("prediction_apart", figure, "How far each program is from the prediction", shown)
    left, right = st.columns([6, 5], gap="medium")
    with left:
        st.html(table_html(deviations_table(comparison, verdict)))
    with right:
        st.markdown(summary(comparison, theory, verdict))


def summary(comparison: Comparison, theory: Theory, verdict: Verdict) -> str:
    """What the numbers mean, in Markdown."""
    if not any(run.last_point for run in comparison.runs):
        return "**There is nothing to compare**: only the start was recorded."
    sentences = reasons(comparison, theory, verdict)
    if not sentences:
        return (
            "**At rounding level**: theory and programs differ by a few roundings of float64. Each "
            "difference is relative to the largest numbers of its run."
        )
    lines = "\n".join(f"- {sentence}" for sentence in sentences)
    head = "**More than a few roundings of float64.** The reasons:"
    return f"{head}\n\n{lines}"


def deviations_table(comparison: Comparison, verdict: Verdict) -> Table:
    """One row for each program: the largest difference, its iteration, in eps, the verdict."""
    rows: list[Row] = []
    eps = float(np.finfo(comparison.experiment.dtype).eps)
    for run in comparison.runs:
        differences, worst = verdict.along[run.key], verdict.differences[run.key]
        k = int(run.points[int(differences.argmax())]) if len(differences) else 0
        agrees = "no" if run.key in verdict.departing else "yes" if run.last_point else "-"
        cells = (brief(worst, 3), f"k = {k}" if worst else "-", brief(worst / eps, 3), agrees)
        rows.append((Cell(VARIANTS.title_of(run.key), "words", sample=sample(run.key)), *cells))
    return Table("Prediction and measurement in numbers", HEADS, rows)
