"""The state of a running program: its frames, and in them object by object, as data and as HTML."""

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

MOST_ENTRIES = 64  # of an array are written out; of a larger one, its corners


@dataclass(frozen=True)
class ShownObject:
    """An object as it is shown.

    Attributes:
        name: within its whole: ".x" where "model.x" is a part of "model".
        value: its numbers written out, or a text for what has none.
        numbers: whether the value is numbers.
        gradient: `.grad` written out, or None.
        facts: what else is known of it.
        looked: whether it stands out.
        changed: whether the line made or changed it.
        parts: what it is made of.
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
    """A frame as it is shown: its function and line, and its objects."""

    title: str
    objects: Sequence[ShownObject]


def state_html(state: XRay, look: Collection[str], *, exact: bool = False) -> str:
    """Every frame as HTML: see `shown_frames`."""
    return draw("pages/code/state.html", frames=shown_frames(state, look, exact=exact))


def shown_frames(state: XRay, look: Collection[str], *, exact: bool = False) -> list[ShownFrame]:
    """Every frame, the innermost first, what the line changed on top.

    Args:
        look: the names of objects that stand out.
        exact: whether numbers have all their digits, or six.
    """
    write = partial(written, digits=17 if exact else 6)
    return [
        _frame(frame, Marks(look, state.changed if i == 0 else ()), write)
        for i, frame in enumerate(state.frames)
    ]


class Marks(NamedTuple):
    """The names of objects that stand out, and of those that the line made or changed."""

    look: Collection[str]
    changed: Collection[str]


def _frame(frame: Frame, marks: Marks, write: Write) -> ShownFrame:
    def untouched(found: Object) -> bool:
        return not any(part.name in marks.changed for part in flat([found]))

    objects = [_object(found, "", marks, write) for found in sorted(frame.objects, key=untouched)]
    return ShownFrame(f"{frame.function}(), at line {frame.line}", objects)


def _object(found: Object, whole: str, marks: Marks, write: Write) -> ShownObject:
    value = found.value
    return ShownObject(
        name=found.name.removeprefix(whole),
        value=value if isinstance(value, str) else write(value),
        numbers=not isinstance(value, str),
        gradient=None if found.grad is None else write(found.grad),
        facts=facts_of(found),
        looked=found.name in marks.look,
        changed=found.name in marks.changed,
        parts=[_object(part, found.name, marks, write) for part in found.parts],
    )


def facts_of(found: Object) -> list[str]:
    """What is known of an object besides its value, in words that PyTorch uses."""
    facts = [found.type]
    if found.shape is not None:
        facts += [f"shape {found.shape}", f"{found.dtype}".removeprefix("torch.")]
    if found.requires_grad is not None:
        facts += [f"requires_grad={found.requires_grad}", f"is_leaf={found.is_leaf}"]
        facts.append(f"grad_fn={found.grad_fn}")
        if found.is_leaf and found.requires_grad and found.grad is None:
            facts.append(".grad is None")
    if found.shares:
        facts.append(f"same memory as {', '.join(found.shares)}")
    return facts


def written(value: Array, digits: int) -> str:
    """An array with so many digits and all its brackets; a vector stays in one line."""
    if value.size == 1 and not value.shape:
        return f"{value.item():.{digits}g}"
    text = np.array2string(
        value, precision=digits, threshold=MOST_ENTRIES, edgeitems=2, separator=", "
    )
    alone = max(value.shape) == value.size  # a vector, whichever axis it lies along
    return " ".join(text.split()) if alone else text
