"""The state of a running program as HTML: its frames, and in them object by object."""

from collections.abc import Callable, Collection
from functools import partial
from html import escape
from typing import NamedTuple

import numpy as np

from lsedash.looking.objects import Object, flat
from lsedash.looking.tracer import Frame, XRay
from lsedash.problem import Array

Write = Callable[[Array], str]

MOST_ENTRIES = 64  # of an array are written out; of a larger one, its corners


def state_html(state: XRay, look: Collection[str], *, exact: bool = False) -> str:
    """Every frame, the innermost first, what the line changed on top.

    Args:
        look: the names of objects that stand out.
        exact: whether numbers have all their digits, or six.
    """
    write = partial(written, digits=17 if exact else 6)
    frames = [
        _frame(frame, Marks(look, state.changed if i == 0 else ()), write)
        for i, frame in enumerate(state.frames)
    ]
    about = 'class="state" tabindex="0" role="region" aria-label="What the program holds"'
    return f"<div {about}>{''.join(frames)}</div>"


class Marks(NamedTuple):
    """The names of objects that stand out, and of those that the line made or changed."""

    look: Collection[str]
    changed: Collection[str]


def _frame(frame: Frame, marks: Marks, write: Write) -> str:
    def untouched(found: Object) -> bool:
        return not any(part.name in marks.changed for part in flat([found]))

    order = sorted(frame.objects, key=untouched)
    objects = "".join(_object(found, "", marks, write) for found in order)
    title = escape(f"{frame.function}(), at line {frame.line}")
    return f"<section><h4>in {title}</h4>{objects}</section>"


def _object(found: Object, whole: str, marks: Marks, write: Write) -> str:
    """An object, called as its whole has it: ".x" where "model.x" is a part of "model"."""
    mark = ""
    if found.name in marks.changed:
        mark = '<li class="mark">made or changed by this line</li>'
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in facts_of(found))
    parts = "".join(_object(part, found.name, marks, write) for part in found.parts)
    gradient = ""
    if found.grad is not None:
        gradient = f'<div class="value">.grad = <code>{escape(write(found.grad))}</code></div>'
    value = found.value
    shown = escape(value) if isinstance(value, str) else f"<code>{escape(write(value))}</code>"
    inner = f'<div class="parts">{parts}</div>' if parts else ""
    return (
        f'<div class="object{" looked" if found.name in marks.look else ""}">'
        f'<div class="of"><code>{escape(found.name.removeprefix(whole))}</code></div>'
        f'<div class="what"><div class="value">{shown}</div>{gradient}'
        f'<ul class="facts">{mark}{facts}</ul></div>{inner}</div>'
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
