"""The texts of a system that is too large for the grid, as the browser has them.

They may be long, so they go to the browser once, with a number. What was changed since is told
beside the number; only after many changes, or if the shape changes, all texts are sent again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from lsedash.ui.state.draft import Draft
from lsedash.ui.state.sent import Entry
from lsedash.ui.state.visit import current

T = TypeVar("T")

MOST_CHANGES = 50  # entries that are told one by one

Change = tuple[str, int, int, str]  # field, row, column, text


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of A and b that were sent to the browser.

    Attributes:
        number: tells them from others; no two visits have the same.
        A: m rows of n texts.
        b: m texts.
    """

    number: str
    A: list[list[str]]
    b: list[str]


def texts_of(draft: Draft) -> tuple[Texts, list[Change]]:
    """The texts to send, the same as last time if they can stay, and the changes since."""
    visit = current()
    sent = visit.texts
    if isinstance(sent, Texts) and _shape(sent) == _shape(draft):
        changes = list(islice(_changes(sent, draft), MOST_CHANGES + 1))
        if len(changes) <= MOST_CHANGES:
            return sent, changes
    visit.texts_sent += 1
    sent = Texts(f"{visit.identity} {visit.texts_sent}", draft.A, draft.b)
    visit.texts = sent
    return sent, []


def with_entry(draft: Draft, entry: Entry) -> Draft:
    """The draft with another text at one entry; the same draft if it has no such entry."""
    field, row, column = entry.field, entry.row, entry.column
    if field == "x0" and row < len(draft.x0):
        return replace(draft, x0=_with(draft.x0, row, entry.text))
    if field == "b" and row < len(draft.b):
        return replace(draft, b=_with(draft.b, row, entry.text))
    if field == "A" and row < len(draft.A) and column < len(draft.x0):
        return replace(draft, A=_with(draft.A, row, _with(draft.A[row], column, entry.text)))
    return draft


def _with(values: list[T], index: int, value: T) -> list[T]:
    return [*values[:index], value, *values[index + 1 :]]


def _shape(texts: Texts | Draft) -> tuple[int, int]:
    return len(texts.A), len(texts.A[0])


def _changes(sent: Texts, draft: Draft) -> Iterator[Change]:
    for i, (before, now) in enumerate(zip(sent.A, draft.A, strict=True)):
        if before is not now and before != now:
            for j, (old, new) in enumerate(zip(before, now, strict=True)):
                if old != new:
                    yield "A", i, j, new
    for i, (old, new) in enumerate(zip(sent.b, draft.b, strict=True)):
        if old != new:
            yield "b", i, 0, new
