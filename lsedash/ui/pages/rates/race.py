"""A race: up to six learning rates on the same system."""

from functools import partial

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.figures.curves import loss_figure
from lsedash.figures.rates import LANES, race_losses
from lsedash.problem import InvalidInput
from lsedash.programs.variants import VARIANTS
from lsedash.running.rates import stream_comparisons
from lsedash.tables.table import table_html
from lsedash.text.convention import OURS, Spoken
from lsedash.text.notation import split_vector
from lsedash.text.settings import ALL_PROGRAMS, MOST_RATES, RACE_PROGRAM, RACE_RATES
from lsedash.text.subject import subject
from lsedash.text.words import brief, number_word, round_down, shown_text, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.named_rates import rates_to_choose, why_they_differ
from lsedash.ui.pages.rates.race_table import Lane, lane_of, numbered, race_table
from lsedash.ui.pages.rates.running import LOSSES, playback, previewed
from lsedash.ui.pages.rates.shared import (
    NOTHING_TO_LOSE,
    path_charts,
    tolerance_of,
    without_rate,
)
from lsedash.ui.state import edits
from lsedash.ui.state.controls import controlled, remembered
from lsedash.ui.state.limits import DEADLINE, most_points
from lsedash.ui.state.line import pressing
from lsedash.ui.state.messages import typed as typed_text
from lsedash.ui.state.results import ended_by
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.chips import chips
from lsedash.ui.widgets.computing import result_of
from lsedash.ui.widgets.notes import fault_note
from lsedash.ui.widgets.progress import ProgressPlace

ALL = f"All {number_word(len(VARIANTS))}"


def classics(theory: Theory, experiment: Experiment, spoken: Spoken = OURS) -> dict[str, float]:
    """One rate of each kind by name, ascending; ours, but short as it is spoken."""
    top = float(theory.curvatures[0])

    def at(step: float) -> float:
        return spoken.own(round_down(spoken.rate(step / top)))

    kinds = {
        "too small": at(0.1),
        **rates_to_choose(theory, experiment),
        "just below the edge": at(1.96),
        "just above": at(2.04),
    }
    return dict(sorted(kinds.items(), key=lambda kind: kind[1]))


def _rates(theory: Theory, experiment: Experiment) -> list[float]:
    """The rates that race: one of each kind, until the visitor chooses others."""
    chosen = edits.setting(RACE_RATES)
    spoken = edits.spoken()
    return (
        [spoken.own(rate) for rate in chosen]
        if chosen
        else [*classics(theory, experiment, spoken).values()]
    )


def _set_rates(rates: list[float] | None) -> None:
    spoken = edits.spoken()
    told = None if rates is None else tuple(float(spoken.rate_text(rate)) for rate in rates)
    edits.choose(RACE_RATES, told and told[:MOST_RATES])


def race(experiment: Experiment, theory: Theory, place: ProgressPlace) -> None:
    """Draw the race."""
    rates = _rates(theory, experiment)
    top = float(theory.curvatures[0])
    preview = previewed(experiment, theory, len(rates))
    chips(rates, [lane.colour for lane in LANES], top, preview, edits.spoken(), _set_rates)
    key = _race_fields(rates, classics(theory, experiment, edits.spoken()))
    programs = VARIANTS if key == ALL_PROGRAMS else [VARIANTS.named(key)]
    tolerance = tolerance_of(experiment, theory)
    keep = partial(lane_of, tolerance=tolerance)
    inputs = without_rate(experiment), tuple(rates), tuple(programs), keep, DEADLINE, tolerance
    points = most_points(experiment.system.n)
    start = partial(stream_comparisons, *inputs, points, shared=True)
    results: dict[float, Lane] = result_of("race", start, place)
    with st.container(key="answer"):
        _answer(rates, results, experiment, theory, tolerance)
    if len(results) < len(set(rates)):
        who = ended_by("race", DEADLINE)
        st.info(f"Stopped before the end, {who}. The missing rates were not run.")
    elif any(lane.run.stopped_by == "deadline" for lane in results.values()):
        limit = f"the limit of {brief(DEADLINE)} s"
        st.info(f"Stopped before the end, by {limit}, which the rates share equally.")


def _answer(
    rates: list[float],
    results: dict[float, Lane],
    experiment: Experiment,
    theory: Theory,
    tolerance: float | None,
) -> None:
    """Draw the playback, the losses, the table and the paths."""
    spoken = edits.spoken()
    written = tell_apart(*map(spoken.rate, rates))
    bar = st.container(key="bar")
    left, right = st.columns([5, 6], gap="medium")
    with left:
        curves = [
            (f"{i}: {written[i - 1]}", run.points, spoken.loss(run.losses))
            for i, _, run in numbered(rates, results)
        ]
        shown = subject("Losses of the race", experiment)
        figure = loss_figure(race_losses(curves), spoken.loss_name)
        chart(LOSSES, figure, "Losses, one curve for each rate", shown)
    with right:
        table = race_table(rates, results, theory, experiment, tolerance, spoken)
        st.container(key="race_table").html(table_html(table))  # first.css reserves room
        st.caption(NOTHING_TO_LOSE if tolerance is None else why_they_differ(theory, experiment))
    lanes = [(f"{i}: α = {written[i - 1]}", rate, run) for i, rate, run in numbered(rates, results)]
    path_charts(lanes, experiment, theory)
    with bar:  # last, so that its marks are on the charts of this run
        lanes_of = [(str(i), run) for i, _, run in numbered(rates, results)]
        playback(lanes_of, figure, theory, spoken)


def _race_fields(rates: list[float], kinds: dict[str, float]) -> str:
    """Draw the fields; returns the key of the program that races, or "all".

    Args:
        kinds: the rates to begin with, by name.
    """
    left, middle, right = st.columns([4, 3, 2], vertical_alignment="bottom")
    typed, fault = edits.refused(RACE_RATES) or (None, None)
    shown = _shown(rates)
    text = typed if typed is not None else " ".join(shown)
    taken = partial(_typed, shown=dict(zip(shown, rates, strict=True)))
    field = controlled("race_text", text, typed_text, taken)
    left.text_input(f"Learning rates, up to {MOST_RATES}", **field)
    fault_note(fault)
    key, program = remembered(RACE_PROGRAM)
    middle.selectbox(
        "Program",
        [*VARIANTS.keys, ALL_PROGRAMS],
        format_func=lambda key: ALL if key == ALL_PROGRAMS else VARIANTS.title_of(key),
        **program,
    )
    right.button(
        "One of each kind",
        help=", ".join(kinds),
        width="stretch",
        **pressing("race_classics", partial(_set_rates, None)),
    )
    return key


def _shown(rates: list[float]) -> list[str]:
    """The rates as their field shows them."""
    exact = [edits.spoken().rate_text(rate) for rate in rates]
    texts = [shown_text(text) for text in exact]
    alike = {text for text in texts if texts.count(text) > 1}
    return [whole if text in alike else text for whole, text in zip(exact, texts, strict=True)]


def _typed(text: str, shown: dict[str, float]) -> None:
    """Take over typed rates; what the field showed stands for the rate itself, with all digits."""
    try:
        cells = split_vector(text, name=RACE_RATES.subject)
        spoken = edits.spoken()
        exact = [spoken.rate_text(shown[cell]) if cell in shown else cell for cell in cells]
        edits.choose(RACE_RATES, RACE_RATES.read(" ".join(exact)))
    except InvalidInput as fault:
        edits.refuse(RACE_RATES, text, fault)
