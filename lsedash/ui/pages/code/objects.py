"""The state of a running program, its frames and their objects, as data and as HTML."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from lsedash.looking.objects import Object, flat
from lsedash.looking.tracer import Frame, XRay
from lsedash.problem import Array
from lsedash.ui.widgets.html import draw

Write = Callable[[Array], str]

MOST_ENTRIES = 64  # of an array that is written out; a larger one shows its corners only


@dataclass(frozen=True)
class ShownObject:
    """An object as it is shown.

    Attributes:
        name: the name within the object that holds it: ".x" for "model.x" in "model".
        value: its numbers written out, or a text if it has none.
        numbers: whether the value is numbers.
        gradient: `.grad` written out, or None.
        facts: its type, shape, memory and so on.
        looked: whether it is highlighted.
        changed: whether the line made or changed it.
        parts: the objects that it holds.
    """

    name: str
    value: str
    numbers: bool
    gradient: str | None
    facts: Sequence[str]
    looked: bool
    changed: bool
    parts: Sequence["ShownObject"]


@dataclass(frozen=True)
class ShownFrame:
    """A frame as it is shown: a title with its function and line, and its objects."""

    title: str
    objects: Sequence[ShownObject]


def state_html(state: XRay, look: Collection[str], *, exact: bool = False) -> str:
    """Every frame as HTML: see `shown_frames`."""
    return draw("pages/code/state.html", frames=shown_frames(state, look, exact=exact))


def shown_frames(state: XRay, look: Collection[str], *, exact: bool = False) -> list[ShownFrame]:
    """The frames, the innermost first; in each, the objects that the line changed come first.

    Args:
        look: the names of the objects to highlight.
        exact: whether numbers show all their digits instead of six.
    """
    write = partial(written, digits=17 if exact else 6)
    return [
        _frame(frame, Marks(look, state.changed if i == 0 else ()), write)
        for i, frame in enumerate(state.frames)
    ]


class Marks(NamedTuple):
    """The names of the highlighted objects, and of those that the line made or changed."""

    look: Collection[str]
    changed: Collection[str]


def _frame(frame: Frame, marks: Marks, write: Write) -> ShownFrame:
    def is_unchanged(item: Object) -> bool:
        return not any(part.name in marks.changed for part in flat([item]))

    objects = [_object(item, "", marks, write) for item in sorted(frame.objects, key=is_unchanged)]
    return ShownFrame(f"{frame.function}(), at line {frame.line}", objects)


def _object(item: Object, owner: str, marks: Marks, write: Write) -> ShownObject:
    value = item.value
    return ShownObject(
        name=item.name.removeprefix(owner),
        value=value if isinstance(value, str) else write(value),
        numbers=not isinstance(value, str),
        gradient=None if item.grad is None else write(item.grad),
        facts=facts_of(item),
        looked=item.name in marks.look,
        changed=item.name in marks.changed,
        parts=[_object(part, item.name, marks, write) for part in item.parts],
    )


def facts_of(item: Object) -> list[str]:
    """The facts about an object besides its value, in PyTorch's words."""
    facts = [item.type]
    if item.shape is not None:
        facts += [f"shape {item.shape}", f"{item.dtype}".removeprefix("torch.")]
    if item.requires_grad is not None:
        facts += [f"requires_grad={item.requires_grad}", f"is_leaf={item.is_leaf}"]
        facts.append(f"grad_fn={item.grad_fn}")
        if item.is_leaf and item.requires_grad and item.grad is None:
            facts.append(".grad is None")
    if item.shares:
        facts.append(f"same memory as {', '.join(item.shares)}")
    return facts


def written(value: Array, digits: int) -> str:
    """An array with its brackets, its entries with this many digits; a vector is one line."""
    if value.size == 1 and not value.shape:
        return f"{value.item():.{digits}g}"
    text = np.array2string(
        value, precision=digits, threshold=MOST_ENTRIES, edgeitems=2, separator=", "
    )
    is_vector = max(value.shape) == value.size  # a row or a column
    return " ".join(text.split()) if is_vector else text
