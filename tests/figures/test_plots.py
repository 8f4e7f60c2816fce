"""The figures for notebooks and papers have the numbers of the pages, a title, axes, a template."""

import json
from base64 import b64decode
from dataclasses import replace

import numpy as np
import plotly.io as pio
import pytest

from lsedash import (
    PITFALLS,
    VARIANTS,
    Experiment,
    InvalidInput,
    LinearSystem,
    Theory,
    compare,
    design,
    read_table,
    sweep,
)
from lsedash.checking.verification import verify
from lsedash.checking.verified import Verified
from lsedash.figures.modes import stack
from lsedash.figures.rates import gap_figure
from lsedash.figures.style import DARK, LIGHT, stroke
from lsedash.figures.view import View
from lsedash.presets import PRESETS
from lsedash.running.rates import stream_scan
from lsedash.stage.payload import payload
from lsedash.theory.named_rates import rates_to_choose

WORKED, TWO, ONE = (preset.experiment for preset in PRESETS[:3])
WIDE = Experiment(LinearSystem([[1, 2, 0, 1], [0, 1, 1, 3]], [1, 2]), [1, 0, 0, 2], 0.05, 30)
FLAT = Experiment(LinearSystem([[1, 2, 3], [2, 4, 6]], [1, 0]), None, 0.01, 30)
SHAPES = {
    "worked": WORKED,
    "n = 1": ONE,
    "wide": WIDE,
    "rank 1 of 3, not solvable": FLAT,
    "A = 0": Experiment(LinearSystem(np.zeros((2, 2)), [1, 0]), np.ones(2)),
    "growing": replace(WORKED, learning_rate=1.0, iterations=200),
    "diverged": replace(WORKED, learning_rate=1.0, iterations=3000),
    "beyond float32 at the start": Experiment(
        LinearSystem(1e12 * np.eye(2), [1e12, 1e12]), [-1e12, 0], dtype="float32"
    ),
    "float32": replace(WORKED, dtype="float32"),
    "no iteration": replace(WORKED, iterations=0),
    "long": replace(TWO, iterations=5000),
}
every_shape = pytest.mark.parametrize("experiment", SHAPES.values(), ids=SHAPES.keys())
RATES = np.linspace(0.02, 0.36, 12)


def figures_of(experiment, programs=VARIANTS):
    """Every figure of an experiment."""
    comparison, theory = compare(experiment, programs), Theory(experiment.system)
    descent = experiment.learning_rate, experiment.x0, experiment.iterations
    views = ["coordinates", "modes"] if experiment.system.n > 1 else ["coordinates"]
    return [
        comparison.plot_losses(),
        *(comparison.plot_path(view) for view in views),
        comparison.plot_disagreement(),
        theory.plot_modes(*descent),
        sweep(replace(experiment, iterations=min(experiment.iterations, 100)), RATES).plot(),
    ]


def sent_to_the_page(comparison, view=View()):  # noqa: B008 - a frozen value
    """What the page Descend draws of each program, by its name."""
    theory = Theory(comparison.experiment.system)
    checked = Verified(comparison, verify(comparison, theory))
    runs = payload(checked, theory, view, {})["runs"]
    return {run["title"]: run for run in runs}


def unpacked(text):
    return np.frombuffer(b64decode(text))


def curves(figure):
    """The curves that have a name, by it."""
    return {trace.name: trace for trace in figure.data if trace.name}


@every_shape
def test_every_figure_has_a_title_names_on_its_axes_and_the_template(experiment):
    for figure in figures_of(experiment):
        layout = figure.layout
        assert all([layout.title.text, layout.xaxis.title.text, layout.yaxis.title.text])
        assert "[" in layout.title.subtitle.text or " x " in layout.title.subtitle.text
        assert layout.template == pio.templates["lsedash"]
        assert json.loads(figure.to_json())["data"]


@every_shape
def test_losses_and_disagreement_are_the_numbers_of_the_page(experiment):
    comparison = compare(experiment)
    losses, apart = map(curves, (comparison.plot_losses(), comparison.plot_disagreement()))
    for number, (title, sent) in enumerate(sent_to_the_page(comparison).items()):
        assert np.array_equal(losses[title].customdata, unpacked(sent["losses"]))
        assert np.array_equal(losses[title].x, unpacked(sent["points"]))
        if number:  # the first program does not differ from itself
            assert np.array_equal(apart[title].customdata, unpacked(sent["apart"]))
            assert np.array_equal(apart[title].x, unpacked(sent["apartPoints"]))


@pytest.mark.parametrize("experiment", [WORKED, TWO, WIDE, FLAT, SHAPES["float32"]])
@pytest.mark.parametrize("kind", ["coordinates", "modes"])
def test_a_path_has_the_numbers_of_the_page(experiment, kind):
    comparison = compare(experiment)
    drawn = curves(comparison.plot_path(kind, across=1, up=0))
    if (kind, experiment.system.n) == ("modes", 2):
        return  # the page does not offer it
    for title, sent in sent_to_the_page(comparison, View(kind, 1, 0)).items():
        places = unpacked(sent["places"]).reshape(-1, 2)
        assert np.array_equal(np.column_stack([drawn[title].x, drawn[title].y]), places)


def test_the_path_of_one_unknown_is_drawn_over_the_iterations():
    comparison = compare(ONE)
    figure = comparison.plot_path()
    run = comparison["torch_module"]
    assert np.array_equal(curves(figure)["Module"].x, run.points)
    assert np.array_equal(curves(figure)["Module"].y, run.iterates[:, 0])
    assert figure.layout.xaxis.title.text == "iteration k"


@every_shape
def test_the_modes_are_the_stack_of_the_page_and_add_up_to_the_predicted_loss(experiment):
    theory, (run,) = Theory(experiment.system), compare(experiment, VARIANTS[:1]).runs
    descent = experiment.learning_rate, experiment.x0, experiment.iterations
    figure = curves(theory.plot_modes(*descent))
    loss = figure.pop("predicted loss")
    ks = np.array(loss.x)
    layers = stack(theory, experiment.x0, experiment.learning_rate, ks)
    assert tuple(figure) == layers.names
    for name, top in zip(layers.names, layers.tops.T, strict=True):
        shown = np.isfinite(top) & (top > min(figure[name].y))
        assert np.array_equal(np.array(figure[name].y)[shown], top[shown])
    measured = run.losses[np.isin(run.points, ks)]
    same = {"rtol": 1e-3, "atol": 1e-6 * max(measured, default=1)}
    np.testing.assert_allclose(loss.y[: len(measured)], measured, **same)


def test_a_sweep_draws_the_final_losses_of_the_page_its_prediction_and_its_rates():
    theory, final = Theory(WORKED.system), WORKED.iterations
    *_, report = stream_scan(WORKED, RATES, VARIANTS[:1], None)
    predicted = [theory.losses(WORKED.x0, rate, [final])[0] for rate in RATES]
    marks = rates_to_choose(theory, WORKED) | {"edge": theory.critical_learning_rate}
    page = gap_figure(
        report.snapshot(), {"numpy_by_hand": "measured"}, theory.least_loss, predicted, marks
    )
    figure = sweep(WORKED, RATES).plot()
    for name, ours in curves(figure).items():
        np.testing.assert_allclose(ours.customdata, curves(page)[name].customdata, rtol=1e-9)
        assert np.array_equal(ours.x, RATES)
    names = {note.text: note.x for note in figure.layout.annotations}
    assert names == {note.text: note.x for note in page.layout.annotations}
    assert names["edge"] == theory.critical_learning_rate
    on_log = sweep(WORKED, RATES).plot(log_rates=True)
    assert on_log.layout.xaxis.type == "log"
    at = {note.text: note.x for note in on_log.layout.annotations}
    assert at["edge"] == np.log10(theory.critical_learning_rate)


def test_pitfalls_optimizers_and_programs_of_others_have_looks_and_names_of_their_own():
    comparison = compare(WORKED, [*VARIANTS[:1], *PITFALLS])
    drawn = curves(comparison.plot_losses())
    assert all(pitfall.title in drawn for pitfall in PITFALLS)
    looks = [
        (trace.line.color, trace.line.dash, trace.marker.symbol)
        for name, trace in drawn.items()
        if name != "predicted"
    ]
    assert len(set(looks)) == len(looks) == len(PITFALLS) + 1
    assert all(trace.line.width >= 1.5 for name, trace in drawn.items() if name != "predicted")
    assert len(curves(comparison.plot_path())) == len(curves(comparison.plot_disagreement())) + 1


def test_a_pitfall_alone_is_drawn_without_the_prediction_of_the_right_programs():
    drawn = compare(WORKED, [PITFALLS["sign_reversed"]]).plot_losses()
    assert "predicted" not in curves(drawn)
    assert "predicted" in curves(compare(WORKED).plot_losses())


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.key)
def test_every_pitfall_can_be_drawn(pitfall):
    comparison = compare(WORKED, [pitfall])
    for figure in (comparison.plot_losses(), comparison.plot_path()):
        (curve,) = [trace for trace in figure.data if trace.name == pitfall.title]
        assert len(curve.x) == len(comparison.runs[0].points)
    assert not curves(comparison.plot_disagreement())


def test_the_axes_of_a_path_have_the_names_of_the_data():
    table = read_table("size,rooms <b>,price\n2104,3,399900\n1600,3,329900\n2400,4,369000").table
    houses = design(table, target="price")
    experiment = Experiment(houses.system, None, 1e-8, 5)
    layout = compare(experiment).plot_path(across=1, up=2, meaning=houses.meaning).layout
    assert layout.xaxis.title.text == "x₂ · size"
    assert layout.yaxis.title.text == "x₃ · rooms &lt;b&gt;"


@pytest.mark.parametrize(
    ("experiment", "asked"),
    [
        (WORKED, {"view": "space"}),
        (ONE, {"view": "modes"}),
        (WORKED, {"across": 1, "up": 1}),
        (WORKED, {"across": 0, "up": 3}),
        (WORKED, {"across": -1, "up": 1}),
    ],
)
def test_a_view_that_the_unknowns_do_not_have_is_refused(experiment, asked):
    with pytest.raises(InvalidInput, match=r"must be .*; (it is|they are) "):
        compare(experiment).plot_path(**asked)


def test_modes_refuse_what_an_experiment_refuses():
    with pytest.raises(InvalidInput, match="must be positive"):
        Theory(WORKED.system).plot_modes(-0.1)


@pytest.mark.parametrize(("name", "theme"), [("lsedash", LIGHT), ("lsedash_dark", DARK)])
def test_a_template_gives_its_colours_and_the_look_of_each_variant(name, theme):
    template = pio.templates[name]
    layout = compare(WORKED).plot_losses().update_layout(template=name).layout
    assert layout.paper_bgcolor is layout.plot_bgcolor is layout.font.color is None
    assert (template.layout.paper_bgcolor, template.layout.font.color) == (theme.paper, theme.ink)
    assert template.layout.xaxis.gridcolor == theme.line
    for variant, curve, colour in zip(
        VARIANTS, template.data.scatter, template.layout.colorway, strict=False
    ):
        look = stroke(variant.key)
        assert colour == look.colour
        assert (curve.line.dash, curve.marker.symbol) == (look.dash or "solid", look.symbol)
