"""A table of text as data and as HTML; one template draws all tables.

(Streamlit draws its own tables on a canvas, which a screen reader cannot read.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lsedash.tables.html import draw


@dataclass(frozen=True)
class Sample:
    """A program's line and marker, as the charts draw them.

    Attributes:
        width: of the line, in pixels.
        fill: of the line, a CSS background.
        colour: of the marker.
        symbol: the marker, a character.
    """

    width: float
    fill: str
    colour: str
    symbol: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: the text of the cell.
        kind: the class of the cell in CSS: "number", "words", "lesson" or "".
        good: whether the text is shown in green.
        note: small print below the text.
        lane: the colour of a dot before the text, or None for no dot.
        sample: the line and marker before the text.
        bar: a share from 0 to 1, drawn as the length of a bar.
        lever: a factor, drawn as a dot between -1 and 1; a larger one is drawn at the end.
    """

    text: str = ""
    kind: str = ""
    good: bool = False
    note: str = ""
    lane: str | None = None
    sample: Sample | None = None
    bar: float | None = None
    lever: float | None = None

    @property
    def is_text(self) -> bool:
        """Whether there is nothing but the text."""
        drawn = (self.lane, self.sample, self.bar, self.lever)
        return not (self.good or self.note) and all(part is None for part in drawn)


Row = Sequence[str | Cell]  # a text stands for a cell with this text


@dataclass(frozen=True)
class Table:
    """A table of text.

    Attributes:
        label: the name of the table for screen readers.
        heads: the heads of the columns, texts whose words of the glossary open their meaning.
        rows: the rows from top to bottom; the first cell of a row is its head.
        kind: the class of the table in CSS.
    """

    label: str
    heads: Row
    rows: Sequence[Row]
    kind: str = "race"


def table_html(table: Table) -> str:
    """The table as HTML, in a frame that scrolls where the table is too wide."""
    return draw(
        "table.html",
        label=table.label,
        kind=table.kind,
        heads=_cells(table.heads),
        rows=[_cells(row) for row in table.rows],
    )


def _cells(row: Row) -> list[Cell]:
    return [Cell(cell) if isinstance(cell, str) else cell for cell in row]
