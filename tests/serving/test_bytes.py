"""How much the server sends for one update, progress included."""

import pytest

from helpers.loops import run
from helpers.protocol import line_to
from helpers.visitors import StageVisitor
from lsedash import Experiment
from lsedash.presets import random_system
from lsedash.text.fields import DEFAULT
from lsedash.text.link import query_string, write_link
from lsedash.theory.closed_form import Theory
from lsedash.ui.state.limits import MOST_COLUMNS

SMALL, LARGE = 64_000, 400_000  # bytes
ITERATIONS = 4000  # enough for several reports of progress


async def update(address, experiment):
    """How many bytes an edit costs, and how many the first page."""
    async with line_to(address, query=query_string(write_link(experiment))) as line:
        visitor = StageVisitor(line)
        await visitor.arrive()
        first = line.received
        await visitor.edit()
        assert visitor.truncated == 0
        return line.received - first, first


def test_an_update_of_the_worked_example_is_small(server):
    edit, _ = run(update(server.address, DEFAULT))
    assert 0 < edit <= SMALL


@pytest.mark.parametrize(("m", "n"), [(MOST_COLUMNS, MOST_COLUMNS), (4096, 1)])
def test_an_update_of_the_largest_system_with_its_progress_is_bounded(server, m, n):
    system = random_system(100, m=m, n=n, seed=3)
    rate = Theory(system).optimal_learning_rate
    edit, first = run(update(server.address, Experiment(system, None, rate, ITERATIONS)))
    assert SMALL < edit <= LARGE  # the link alone is longer than what a small system needs
    assert first <= LARGE
