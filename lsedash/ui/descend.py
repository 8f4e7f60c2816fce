"""The page Descend: five programs side by side, their losses, their paths and what theory says."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lsedash.diagnosis import describe_rate
from lsedash.experiment import Experiment
from lsedash.export import iterates_csv, losses_csv
from lsedash.figures.loss import loss_data, loss_figure
from lsedash.figures.style import DARK, LIGHT, Theme, titles
from lsedash.notation import format_number, parse_vector
from lsedash.problem import InvalidSystem
from lsedash.report import loss_lines
from lsedash.runner import Comparison
from lsedash.theory import Theory
from lsedash.ui import path_view, session
from lsedash.ui.computing import comparison_of
from lsedash.ui.rate_axis import rate_axis
from lsedash.ui.table import TITLES, runs_table, verdict_line

MOST_PRINTED = 200  # lines
CHART = {"displaylogo": False, "showSendToCloud": False}
RATES: dict[str, Callable[[float, Theory], float]] = {
    "Half": lambda rate, _: rate / 2,
    "Double": lambda rate, _: 2 * rate,
    "Optimal": lambda _, theory: theory.optimal_learning_rate,
    "Edge": lambda _, theory: theory.critical_learning_rate,
}
CSS = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def show() -> None:
    """Draw the page."""
    theme = DARK if st.context.theme.type == "dark" else LIGHT
    st.html(f"<style>:root {{ --good: {theme.good}; --bad: {theme.bad} }}\n{CSS}</style>")
    experiment, faults = session.read()
    theory = Theory(experiment.system)
    _notices()
    words = _rate(experiment, theory, faults)
    words.html(_regime(theory, experiment.learning_rate))
    place = st.empty()
    comparison = comparison_of(experiment, st.session_state.variants, place)
    _endings(comparison, theory, place)
    left, right = st.columns(2)
    with left.container(border=True):
        leaves_at = path_view.show(comparison, theory, theme)
    words.html(_regime(theory, experiment.learning_rate, leaves_at))
    with right.container(border=True):
        _loss(comparison, theory, theme)
    st.html(runs_table(comparison, theory))
    _more(comparison, theory)


def _notices() -> None:
    state = st.session_state
    if state.problems:
        listed = "\n".join(f"- {session.plain(problem)}" for problem in state.problems)
        st.warning(
            f"Part of the link could not be used; the worked example stands in for it.\n\n{listed}",
            icon=":material/link_off:",
        )
    if state.long_link:
        st.warning(
            "The link to this experiment is longer than 8 kB: it works here, but not every program "
            "passes on so long a link.",
            icon=":material/link:",
        )


def _rate(
    experiment: Experiment, theory: Theory, faults: dict[str, InvalidSystem]
) -> DeltaGenerator:
    """The rate as a field, as a sentence (filled in by the caller) and on its axis."""
    state = st.session_state
    field, sentence, buttons = st.columns([3, 9, 6], vertical_alignment="bottom")
    typed = session.field(
        "learning_rate", state.draft.learning_rate, lambda text: session.edit(learning_rate=text)
    )
    with field.container(key="learning_rate"):
        st.text_input("Learning rate α", **typed)
    words = sentence.empty()
    rate = experiment.learning_rate
    with buttons.container(horizontal=True, horizontal_alignment="right"):
        for name, choice in RATES.items():
            st.button(
                name,
                key=f"rate_{name.lower()}",
                on_click=_choose_rate,
                args=(choice,),
                disabled=not 0 < choice(rate, theory) < np.inf,
            )
    session.fault_note(faults, "lr")
    if axis := rate_axis(theory, rate):  # st.html refuses to show nothing
        st.html(axis)
    return words


def _choose_rate(choice: Callable[[float, Theory], float]) -> None:
    """From what the fields hold now: a rate may have been typed since the buttons were drawn."""
    experiment, _ = session.read()
    rate = choice(experiment.learning_rate, Theory(experiment.system))
    session.edit(learning_rate=format_number(rate))


def _regime(theory: Theory, learning_rate: float, leaves_at: int | None = None) -> str:
    step = learning_rate * float(theory.curvatures[0])
    sentence = describe_rate(theory, learning_rate, leaves_at)
    return f'<p class="step">αλ<sub>max</sub> = {step:.4g}</p><p class="regime">{sentence}</p>'


def _loss(comparison: Comparison, theory: Theory, theme: Theme) -> None:
    said = f"{verdict_line(comparison, theory)} · grey: predicted"
    st.html(f'<p class="chart-title"><b>Loss</b> <small>{said}</small></p>')
    height = path_view.HEIGHT + (path_view.CHOICE_HEIGHT if theory.system.n > 2 else 0)
    figure = loss_figure(loss_data(comparison, theory), TITLES, theme, height=height)
    st.plotly_chart(
        figure,
        key="loss",
        theme=None,
        config=CHART,
        alt=f"Loss against iteration for {titles([TITLES[key] for key in comparison])}",
    )


def _endings(comparison: Comparison, theory: Theory, place: DeltaGenerator) -> None:
    """What the table's statuses leave open, where the progress was."""
    experiment = comparison.experiment
    tolerance, last = experiment.tolerance, min(run.last_point for run in comparison.runs)
    if any(run.status == "stopped" for run in comparison.runs):
        place.info(
            f"Stopped before the end, at iteration {last} of {experiment.iterations}: "
            "everything below is the part that ran."
        )
    elif tolerance is not None and tolerance < theory.least_loss:
        place.info(
            f"The tolerance {tolerance:.4g} is below the smallest possible loss, "
            f"{theory.least_loss:.4g}: no program can reach it."
        )


def _more(comparison: Comparison, theory: Theory) -> None:
    with st.expander("Print the losses as the article does, or download everything"):
        _printout(comparison, theory)
        left, right, _ = st.columns([1, 1, 3])
        for place, name, table in (
            (left, "losses", losses_csv),
            (right, "iterates", iterates_csv),
        ):
            place.download_button(
                f"Download {name} (CSV)",
                partial(table, comparison),
                file_name=f"{name}.csv",
                mime="text/csv",
                key=f"download_{name}",
                on_click="ignore",
                width="stretch",
            )


def _printout(comparison: Comparison, theory: Theory) -> None:
    last = comparison.experiment.iterations
    asked = st.text_input(
        "Iterations to print",
        "0 10 20 30 40",
        key="printed",
        help=f"Up to {MOST_PRINTED} whole numbers; those past the last iteration are left out.",
    )
    try:
        points = parse_vector(asked, name="Iterations to print")
        kept = points[points <= last]
        if np.any((points % 1 != 0) | (points < 0)) or not 0 < len(kept) <= MOST_PRINTED:
            raise InvalidSystem(
                f"Give up to {MOST_PRINTED} whole numbers from 0 to {last}, the last iteration."
            )
        lines = loss_lines(comparison, theory, [int(k) for k in kept])
        st.code("\n".join(lines), language=None)
    except InvalidSystem as fault:
        session.fault_note({"printed": fault}, "printed")
