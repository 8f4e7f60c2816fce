"""The places in a program's run, line by line and iteration by iteration: the next and the last."""

from typing import NamedTuple

from lsedash.looking.listing import is_repeated, lines_to_choose, loop_of


class Place(NamedTuple):
    """A line of a program, and the iteration in which it runs; 0 for a line outside the loop."""

    line: int
    iteration: int


def place_after(source: str, place: Place, last: int) -> Place | None:
    """The place one line later, in the next iteration after the loop's last line; None at the end.

    Args:
        last: the last iteration of the run.
    """
    return _place(source, _index(source, place, last) + 1, last)


def place_before(source: str, place: Place, last: int) -> Place | None:
    """The place one line earlier; None at the start."""
    return _place(source, _index(source, place, last) - 1, last)


def _parts(source: str) -> tuple[list[int], list[int], list[int]]:
    """The lines before the loop, those that every iteration runs, and those after the loop."""
    lines, end = lines_to_choose(source), loop_of(source).end_lineno or 0
    repeated = [line for line in lines if is_repeated(source, line)]
    once = [line for line in lines if line not in repeated]
    return [n for n in once if n <= end], repeated, [n for n in once if n > end]


def _index(source: str, place: Place, last: int) -> int:
    """How many lines run before a place."""
    before, repeated, after = _parts(source)
    if place.line in before:
        return before.index(place.line)
    if place.line in repeated:
        return len(before) + place.iteration * len(repeated) + repeated.index(place.line)
    return len(before) + (last + 1) * len(repeated) + after.index(place.line)


def _place(source: str, index: int, last: int) -> Place | None:
    before, repeated, after = _parts(source)
    if 0 <= index < len(before):
        return Place(before[index], 0)
    iteration, i = divmod(index - len(before), len(repeated))
    if 0 <= iteration <= last:
        return Place(repeated[i], iteration)
    i = index - len(before) - (last + 1) * len(repeated)
    return Place(after[i], 0) if 0 <= i < len(after) else None
