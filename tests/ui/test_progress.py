"""The progress bar: what it says, and that it is one and the same while a page waits."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from lsedash.computing.job import Report
from lsedash.ui.widgets import progress


def script(jobs, hides):
    """Draw the progress of one job after another, and take the bar away at the end."""
    from lsedash.ui.widgets.progress import ProgressPlace

    place = ProgressPlace()
    for job in jobs:
        place.show(job)
    if hides:
        place.hide()


@pytest.fixture
def said(monkeypatch):
    """What stands above the page after some reports: (done, total, unit) or None."""

    def say(*reports, before=None, hides=False):
        monkeypatch.setattr(progress, "service", lambda: SimpleNamespace(before=lambda _: before))
        jobs = [SimpleNamespace(report=report and Report(*report)) for report in reports]
        page = AppTest.from_function(script, kwargs={"jobs": jobs, "hides": hides}).run()
        assert not page.exception
        return page

    return say


def bars(page):
    return [(round(bar.proto.value), bar.proto.text) for bar in page.get("progress")]


def test_a_job_that_waits_says_how_many_are_before_it(said):
    assert bars(said(None, before=3)) == [(0, "Waiting: 3 computations before this one")]
    assert bars(said(None, before=1)) == [(0, "Waiting: 1 computation before this one")]
    assert bars(said(None, before=0)) == [(0, "Waiting: this computation is next")]


def test_a_job_that_runs_says_how_far_it_is(said):
    assert bars(said(None)) == [(0, "Running")]
    assert bars(said((101, 201, "point"))) == [(50, "Running: iteration 100 of 200")]
    assert bars(said((50, 200, "rate"))) == [(25, "Running: rate 50 of 200")]


def test_bar_and_button_stay_the_same_elements_while_the_bar_moves(said):
    page = said((1, 4, "rate"), (2, 4, "rate"), (3, 4, "rate"))
    assert bars(page) == [(75, "Running: rate 3 of 4")]
    assert [button.label for button in page.button] == ["Stop"]


def test_at_the_end_no_bar_is_left(said):
    assert bars(said((3, 4, "rate"), hides=True)) == []
