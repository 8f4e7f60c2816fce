"""A program's lines, or the difference between two programs, as data and as HTML."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from lsedash.looking.listing import Changed, Line, difference, listing
from lsedash.ui.widgets.html import draw

WORDS = {" ": "", "+": "new", "-": "gone"}


@dataclass(frozen=True)
class ListingRow:
    """A line of a program as it is shown.

    Attributes:
        line: its number, text and phase.
        change: "new", "gone", or "" for a line that stayed.
        chosen: whether the line is the one whose X-ray is shown.
        choosable: whether its number is a button.
    """

    line: Line
    change: str
    chosen: bool = False
    choosable: bool = False


def listing_html(
    source: str, *, chosen: int | None, choices: Iterable[int], former: str | None
) -> str:
    """A program line by line, numbered.

    Args:
        chosen: the number of the line whose X-ray is shown, or None.
        choices: the numbers of the lines that can be chosen; these numbers are buttons.
        former: the program to compare with, or None.
    """
    numbers = frozenset(choices)
    rows = [_row(changed, chosen, numbers) for changed in _lines(source, former)]
    return draw("widgets/source.html", label="The program", rows=rows)


def _lines(source: str, former: str | None) -> list[Changed]:
    """All lines of a program, with the lines that the former program had in their place."""
    lines = [Changed(" ", line) for line in listing(source)]
    if former is None:
        return lines
    compared = difference(former, source)
    first = min(changed.line.number for changed in compared if changed.change != "-")
    return [changed for changed in lines if changed.line.number < first] + list(compared)


def _row(changed: Changed, chosen: int | None, choices: Collection[int]) -> ListingRow:
    line, remains = changed.line, changed.change != "-"
    return ListingRow(
        line,
        WORDS[changed.change],
        chosen=remains and line.number == chosen,
        choosable=remains and line.number in choices,
    )


def difference_html(former: str, latter: str, around: int = 2) -> str:
    """The difference between two programs, with a few lines around each change."""
    rows = list(difference_rows(former, latter, around))
    return draw("widgets/source.html", label="The difference", rows=rows)


def difference_rows(former: str, latter: str, around: int) -> Iterator[ListingRow | None]:
    """The changed lines and the lines around them; None stands for a gap."""
    lines = difference(former, latter)
    changes = [i for i, changed in enumerate(lines) if changed.change != " "]
    wanted = {j for i in changes for j in range(i - around, i + around + 1)}
    shown = [i for i, changed in enumerate(lines) if i in wanted and changed.line.text]
    shift = min(indent(lines[i].line.text) for i in shown)
    last = shown[0] - 1
    for i in shown:
        if i > last + 3:
            yield None
        line = lines[i].line
        yield ListingRow(replace(line, text=line.text[shift:]), WORDS[lines[i].change])
        last = i


def indent(text: str) -> int:
    """How many spaces a line begins with."""
    return len(text) - len(text.lstrip())
