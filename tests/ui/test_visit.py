"""One visitor's state: what a run of the page does to it, and what it never does."""

import numpy as np
import pytest
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.state import QueryParamsProxy

from helpers.first_page import clicked, linked, opened, sentences, typed
from lsedash import Experiment, LinearSystem, Theory
from lsedash.presets import random_system
from lsedash.text.fields import DEFAULT
from lsedash.text.link import write_link
from lsedash.ui.compat import Interruption
from lsedash.ui.state.following import following


@pytest.fixture
def decompositions(monkeypatch):
    """The matrices that were decomposed, in order."""
    seen, svd = [], np.linalg.svd

    def counted(A, *arguments, **options):
        seen.append(np.array(A))
        return svd(A, *arguments, **options)

    monkeypatch.setattr(np.linalg, "svd", counted)
    return seen


def test_the_theory_of_a_system_is_made_once(decompositions):
    experiment = Experiment(random_system(3, m=5, n=4, seed=1), None, 0.3, 10)
    page = opened(write_link(experiment))
    assert [A.shape for A in decompositions].count((5, 4)) == 1
    decompositions.clear()
    typed(page, "iterations", "12")
    assert (5, 4) not in [A.shape for A in decompositions]  # contours decompose A on a plane


def test_a_run_without_an_edit_changes_nothing():
    page = opened({"lr": "0.2"})
    before = linked(page)
    page.run()
    assert not page.exception
    assert linked(page) == before


def test_two_visitors_share_nothing():
    one, other = opened(), opened()
    typed(one, "iterations", "7")
    other.run()
    assert linked(other) == DEFAULT


def test_a_rate_that_follows_the_system_keeps_its_product_with_the_largest_curvature():
    former, system = LinearSystem([[1, 0], [0, 2]], [1, 1]), LinearSystem([[1, 0], [0, 6]], [1, 1])
    experiment = Experiment(system, None, 0.3, 5)
    assert following(experiment, Theory(former), Theory(system)).learning_rate == pytest.approx(
        0.3 * 4 / 36
    )


@pytest.mark.parametrize(("before", "now"), [(0, 1), (1, 0), (0, 0), (1e-90, 1e90), (1e90, 1e-90)])
def test_a_rate_that_cannot_follow_stays(before, now):
    systems = [LinearSystem([[entry]], [1]) for entry in (before, now)]
    experiment = Experiment(systems[1], None, 0.3, 5)
    assert following(experiment, *map(Theory, systems)).learning_rate == 0.3


def test_an_edit_reaches_the_address_even_if_a_newer_run_breaks_in_while_it_is_written(monkeypatch):
    page = opened()
    write, interrupted = QueryParamsProxy.from_dict, []

    def interrupted_once(params, link):
        if not interrupted:
            interrupted.append(link)
            raise Interruption(RerunData())
        write(params, link)

    monkeypatch.setattr(QueryParamsProxy, "from_dict", interrupted_once)
    typed(page, "iterations", "17")
    assert interrupted
    assert page.query_params == {"iterations": "17"}


def test_a_refused_paste_is_told_until_the_next_edit():
    page = opened()
    page.text_area(key="paste_text").set_value("1 2; 3")
    clicked(page, "paste_use")
    (sentence,) = sentences(page)
    assert "row 2 has 1 entry" in sentence
    page.run()  # as while something is computed
    assert sentences(page) == [sentence]
    typed(page, "iterations", "7")
    assert sentences(page) == []
