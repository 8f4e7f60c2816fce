"""Stepping through a program: every line in turn, and on from iteration to iteration."""

import pytest

from lsedash import VARIANTS
from lsedash.looking.listing import is_repeated, lines_to_choose
from lsedash.looking.steps import Place, place_after, place_before
from lsedash.programs.pitfalls import PITFALLS

PROGRAMS = [*VARIANTS, *PITFALLS]
LAST = 2


def walk(source, start, step):
    """All places from a start on."""
    places, place = [], start
    while place is not None:
        places.append(place)
        place = step(source, place, LAST)
    return places


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.key)
def test_steps_lead_through_every_line_of_every_iteration_and_back(program):
    source = program.source
    lines = lines_to_choose(source)
    first = next(line for line in lines if not is_repeated(source, line))
    places = walk(source, Place(first, 0), place_after)
    expected = {
        Place(line, k)
        for line in lines
        for k in (range(LAST + 1) if is_repeated(source, line) else [0])
    }
    assert set(places) == expected
    assert len(places) == len(expected)
    repeated = [place.iteration for place in places if is_repeated(source, place.line)]
    assert repeated == sorted(repeated)
    assert walk(source, places[-1], place_before) == places[::-1]


def test_the_last_line_of_the_loop_is_followed_by_its_first_in_the_next_iteration():
    source = VARIANTS.named("torch_autograd").source
    repeated = [line for line in lines_to_choose(source) if is_repeated(source, line)]
    end = Place(repeated[-1], 0)
    assert place_after(source, end, LAST) == Place(repeated[0], 1)
    assert place_before(source, Place(repeated[0], 1), LAST) == end
