"""What the browser is told to play the race: the position and loss of every lane at every k."""

import json
from dataclasses import replace

import numpy as np
import pytest

from helpers.content import content
from helpers.pages import KINDS, charts, turned_to
from lsedash import Theory
from lsedash.text.fields import DEFAULT


def told(page, component):
    """What a component was told."""
    (found,) = [p for p in page.get("bidi_component") if p.proto.component_name == component]
    return content(found.proto)


def numbers(values):
    return np.array([np.nan if value is None else value for value in values])


@pytest.mark.parametrize(
    "experiment",
    [DEFAULT, replace(DEFAULT, iterations=1000), KINDS["one unknown"]],
    ids=["short", "long", "one unknown"],
)
def test_every_lane_is_where_theory_has_it_at_every_k(experiment):
    page = turned_to("Learning rates", experiment)
    data, theory = told(page, "lsedash_race_bar"), Theory(experiment.system)
    rates = told(page, "lsedash_chips")["rates"]
    assert data["ks"][0] == 0
    assert data["ks"][-1] == experiment.iterations
    assert list(data["losses"]) == [str(i) for i, _ in enumerate(rates, 1)]
    for i, rate in enumerate(rates):
        expected = theory.losses(experiment.x0, rate, data["ks"])
        losses = numbers(data["losses"][str(i + 1)])
        np.testing.assert_allclose(losses, expected, rtol=1e-8, atol=1e-12 * expected.max())
        places = theory.iterates(experiment.x0, rate, data["ks"])
        lanes = [mark for mark in data["marks"] if mark["key"] == f"lane_{i}"]
        assert len(lanes) == (experiment.system.n > 1)
        for mark in lanes:
            shown = np.column_stack([numbers(mark["x"]), numbers(mark["y"])])
            size = np.abs(places).max()
            np.testing.assert_allclose(shown, places[:, :2], rtol=1e-8, atol=1e-10 * size)


def test_a_loss_of_0_is_marked_where_the_chart_draws_it():
    page = turned_to("Learning rates", KINDS["one unknown"])
    data, drawn = told(page, "lsedash_race_bar"), charts(page)[0]
    for mark, (_, heights) in zip(data["marks"], drawn.values(), strict=True):
        assert numbers(mark["y"]) == pytest.approx(heights)


def test_the_paths_stand_in_the_order_of_their_rates_also_one_below_the_other():
    page = turned_to("Learning rates", DEFAULT)
    figures = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    titles = [figure["layout"]["title"].get("text") or "" for figure in figures[1:]]
    assert [title.partition(":")[0] for title in titles] == ["1", "2", "3", "4", "5"]


def test_a_lane_that_diverged_has_no_mark_after_its_last_point():
    experiment = replace(DEFAULT, iterations=20_000)
    data = told(turned_to("Learning rates", experiment), "lsedash_race_bar")
    *_, growing = data["losses"].values()
    assert growing[0] is not None
    assert growing[-1] is None


def test_without_a_gradient_there_is_no_race():
    page = turned_to("Learning rates", KINDS["zero"])
    assert not [p for p in page.get("bidi_component") if "race" in p.proto.component_name]
