"""The messages of our components, and the values of Streamlit's widgets, read into typed values.

This is the one place that reads what a browser sends: a function for each message, which returns a
value with all sizes and numbers within bounds or raises `Misfit`. `state.line` reads the messages
of our components, callbacks ask `controls.field_value`; `state.callbacks` drops what does not fit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lsedash.figures.view import KINDS, View
from lsedash.problem import InvalidInput
from lsedash.text.convention import CONVENTIONS
from lsedash.text.kinds import LARGEST_COUNT, LONGEST
from lsedash.text.notation import LONGEST_TEXT
from lsedash.text.setting import Setting
from lsedash.text.settings import ITERATION_SHOWN, MOST_RATES, PRESENT, SPEED
from lsedash.ui.state.limits import GRID_ROWS, MOST_COLUMNS, MOST_ENTRIES
from lsedash.ui.state.readers import (
    MOST_QUOTED,
    Misfit,
    Reader,
    flag,
    listed,
    number,
    one_of,
    part,
    text,
    whole,
)
from lsedash.ui.state.sent import Block, Cells, Entry
from lsedash.ui.state.stage import KEPT

LARGEST_REQUEST = 2**53  # a browser counts no further
LARGEST_NUMBER = 1e300
SMALLEST_RATE = 1e-300
MOST_POINTS = 1000  # of all curves that lie under a click
MOST_MESSAGES = 1000  # that a browser has kept

typed = text(LONGEST)  # what a text field holds


@dataclass(frozen=True)
class SpokenRate:
    """The text of a learning rate, and the key of its convention for the loss, if that is said."""

    text: str
    convention: str | None = None


@dataclass(frozen=True)
class MovedStart:
    """A start that was moved: its place in a view, on a system of n unknowns."""

    place: tuple[float, ...]
    n: int
    view: View


@dataclass(frozen=True)
class Message:
    """What a component says: its number, its name, and its content, which is not read yet."""

    number: int
    name: str
    content: Any


@dataclass(frozen=True)
class Return:
    """The line is back: the session that the browser knew, and the query of its address."""

    session: str
    query: str


def saying(said: Any) -> tuple[str, list[Message]]:
    """The session to which a component says messages, and the messages."""
    session = part(said, "session", text(LONGEST))
    return session, part(said, "messages", listed(_message, 0, MOST_MESSAGES))


def returned(message: Any) -> Return:
    """What the browser knew when the line was back; of a longer query nothing is read."""
    query = part(message, "query", text(LONGEST_TEXT + 1))
    return Return(part(message, "session", typed), query if len(query) <= LONGEST_TEXT else "")


def asked_rate(request: Any) -> SpokenRate:
    """The text of a learning rate, and the convention in which it was said."""
    said = part(request, "text", typed)
    known = "loss" in request  # else it is the one that the visitor has
    return SpokenRate(said, part(request, "loss", one_of(CONVENTIONS)) if known else None)


def asked_follow(request: Any) -> bool:
    """Whether the learning rate follows A."""
    return part(request, "follows", flag)


def asked_loss(request: Any) -> str:
    """Another convention for the loss."""
    return part(request, "key", one_of(CONVENTIONS))


def asked_view(request: Any) -> View:
    """Another view of the path."""
    place = whole(0, MOST_COLUMNS - 1)
    return View(
        part(request, "kind", one_of(KINDS)),
        part(request, "across", place),
        part(request, "up", place),
    )


def asked_start(request: Any) -> MovedStart:
    """A start that was moved."""
    n = part(request, "n", whole(1, MOST_COLUMNS))
    coordinates = min(n, 2)
    place = listed(number(-LARGEST_NUMBER, LARGEST_NUMBER), coordinates, coordinates)
    moved = tuple(part(request, "place", place))
    return MovedStart(moved, n, part(request, "view", asked_view))


def stage_texts(message: Any) -> dict[str, str]:
    """The texts of the settings that the stage keeps, by key; "" for the default."""
    return _texts_of(*KEPT)(message)


def cells(message: Any) -> Cells:
    """The texts of the grid: m rows of n, m and n of them, neither more than it shows."""
    row = listed(typed, 1, GRID_ROWS)
    A, b, x0 = (
        part(message, "A", listed(row, 1, GRID_ROWS)),
        part(message, "b", row),
        part(message, "x0", row),
    )
    if len(A) != len(b) or any(len(entries) != len(x0) for entries in A):
        raise Misfit("A, b and x0 do not fit together")
    return Cells(A, b, x0, part(message, "revision", whole(0, LARGEST_REQUEST)))


def entry(message: Any) -> Entry:
    """One entry that was changed in the table of a large system."""
    return Entry(
        field=part(message, "field", one_of(("A", "b", "x0"))),
        row=part(message, "row", whole(0, MOST_ENTRIES - 1)),
        column=part(message, "column", whole(0, MOST_COLUMNS - 1)),
        text=part(message, "text", typed),
        revision=part(message, "revision", whole(0, LARGEST_REQUEST)),
    )


def block(message: Any) -> Block:
    """A pasted block; of a longer one only so much is read that its length is refused."""
    return Block(
        text=part(message, "text", text(LONGEST_TEXT + 1)),
        field=part(message, "field", one_of(("A", "b", "x0"))),
        row=part(message, "row", whole(0, MOST_ENTRIES - 1)),
        column=part(message, "column", whole(0, MOST_COLUMNS - 1)),
    )


def rates(message: Any) -> list[float]:
    """The learning rates of the chips."""
    return listed(number(SMALLEST_RATE, LARGEST_NUMBER), 1, MOST_RATES)(message)


def iteration(message: Any) -> int:
    """The iteration at which the cursor stands."""
    return whole(0, LARGEST_COUNT)(message)


def race_bar_texts(message: Any) -> dict[str, str]:
    """The texts of the settings that the playback of the race keeps, by key."""
    return _texts_of(ITERATION_SHOWN, SPEED)(message)


def presenter_texts(message: Any) -> dict[str, str]:
    """The text of what fills the screen, by its key."""
    return _texts_of(PRESENT)(message)


def clicked_rate(chosen: Any) -> float | None:
    """The rate of the point that was clicked in a chart; None if the click was beside all."""
    selection = part(chosen, "selection", _mapping)
    points = part(selection, "points", listed(_mapping, 0, MOST_POINTS))
    return part(points[0], "x", number(SMALLEST_RATE, LARGEST_NUMBER)) if points else None


def value_of_setting(which: Setting[Any]) -> Reader[Any]:
    """A value that a widget gives to a setting: one that a link could give it, or its default."""

    def read(value: Any) -> Any:
        if value is None and which.default is None:
            return which.default
        if isinstance(value, list):
            value = tuple(value)
        try:
            fitting = which.read(which.write(value))
        except (InvalidInput, TypeError, ValueError, AttributeError, LookupError):
            raise Misfit(f"is no value of {which.key}") from None
        return value if isinstance(value, str) else fitting  # a text stays as it was typed

    return read


def _texts_of(*settings: Setting[Any]) -> Reader[dict[str, str]]:
    by_key = {setting.key: setting for setting in settings}

    def read(value: Any) -> dict[str, str]:
        texts = {}
        for key in _mapping(value):
            which = by_key[one_of(by_key)(key)]
            texts[key] = part(value, key, typed)
            if texts[key]:
                _readable(which, texts[key])
        return texts

    return read


def _readable(which: Setting[Any], text: str) -> None:
    try:
        which.read(text)
    except InvalidInput:
        raise Misfit(f"{which.key} has a text that it does not take") from None


def _message(entry: Any) -> Message:
    if not isinstance(entry, list) or len(entry) != 3:
        raise Misfit("a message must have a number, a name and a content")
    return Message(whole(1, LARGEST_REQUEST)(entry[0]), text(MOST_QUOTED)(entry[1]), entry[2])


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Misfit(f"must be an object, not {type(value).__name__}")
    return value
