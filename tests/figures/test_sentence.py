"""The sentence that stands for a chart where it is heard and not seen."""

import numpy as np
import pytest

from lsedash.figures.curves import PREDICTED, Curve, finished, loss_figure, trace
from lsedash.figures.rates import heat_figure
from lsedash.figures.sentence import sentence
from lsedash.figures.style import Stroke

LOOK = Stroke("#0072B2", "", "circle", 2)
KS = np.array([0.0, 1, 2])
LOSS = "loss ½‖Ax − b‖²"


def curve(name, y, x=KS):
    return Curve(name, np.asarray(x, dtype=float), np.asarray(y, dtype=float), LOOK)


def test_it_names_axes_curves_and_their_ends():
    figure = loss_figure([curve("right", [7, 1, 0.25]), curve("wrong", [7, 30, 1e5])])
    assert sentence(figure, "The loss") == (
        f"The loss: {LOSS} on a log scale against iteration k, right from 7 at k = 0 to 0.25 at "
        "k = 2; wrong from 7 at k = 0 to 100000 at k = 2."
    )


def test_curves_that_look_the_same_are_said_once():
    dots = Curve("predicted", KS[::2], np.array([7, 0.25]), PREDICTED, dots=True)
    figure = loss_figure([curve("a", [7, 1, 0.25]), curve("b", [7, 1, 0.2500001]), dots])
    said = "three curves on one line, a, b and predicted, from 7 at k = 0 to 0.25 at k = 2."
    assert sentence(figure, "The loss").endswith(said)


def test_a_loss_of_0_is_0_though_it_is_drawn_on_the_edge_of_the_axis():
    assert "to 0 at k = 2" in sentence(loss_figure([curve("a", [7, 1, 0])]), "The loss")


def test_a_path_goes_from_place_to_place_and_points_that_are_not_finite_are_left_out():
    path = curve("path", [0, 2, np.nan], [0, -1.5, np.inf])
    figure = finished(loss_figure([]).add_trace(trace(path)), "x₁", "x₂")
    assert sentence(figure, "The path").endswith("against x₁, path from (0, 0) to (-1.5, 2).")


@pytest.mark.parametrize("count", [7, 12])
def test_of_many_curves_the_number_and_the_range_are_said(count):
    figure = loss_figure([curve(f"mode {i}", [i, i + 1, 2 * i]) for i in range(1, count + 1)])
    assert f"curves between 1 and {2 * count}." in sentence(figure, "Modes")


def test_a_map_says_what_its_colours_mean():
    losses = np.array([[1.0, 1], [0.1, 10]])
    said = sentence(heat_figure(np.array([0.1, 0.2]), losses), "Losses")
    assert said.startswith("Losses: iteration k against learning rate α, in colours for the log₁₀")
    assert "from -1 to 2" in said


def test_an_empty_chart_says_so():
    assert "with nothing in it" in sentence(loss_figure([]), "The loss")
