"""The state of a running program as HTML: its frames, and in them object by object."""

from collections.abc import Collection
from html import escape

import numpy as np

from lsedash.inspect.objects import Object, flat
from lsedash.inspect.xray import Frame, XRay
from lsedash.problem import Array

MOST_ENTRIES = 64  # of an array are written out; of a larger one, its corners


def state_html(state: XRay, look: Collection[str]) -> str:
    """Every frame, the innermost first, what the line changed on top.

    Args:
        look: the names of objects that stand out.
    """
    frames = [
        _frame(frame, look, state.changed if i == 0 else ()) for i, frame in enumerate(state.frames)
    ]
    about = 'class="state" tabindex="0" role="region" aria-label="What the program holds"'
    return f"<div {about}>{''.join(frames)}</div>"


def _frame(frame: Frame, look: Collection[str], changed: Collection[str]) -> str:
    order = sorted(frame.objects, key=lambda found: not _any_of(found, changed))
    objects = "".join(_object(found, "", look, changed) for found in order)
    title = escape(f"{frame.function}(), at line {frame.line}")
    return f"<section><h4>in {title}</h4>{objects}</section>"


def _any_of(found: Object, names: Collection[str]) -> bool:
    return any(part.name in names for part in flat([found]))


def _object(found: Object, whole: str, look: Collection[str], changed: Collection[str]) -> str:
    """An object, called as its whole has it: ".x" where "model.x" is a part of "model"."""
    mark = '<li class="mark">made or changed by this line</li>' if found.name in changed else ""
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in facts_of(found))
    parts = "".join(_object(part, found.name, look, changed) for part in found.parts)
    gradient = ""
    if found.grad is not None:
        gradient = f'<div class="value">.grad = {_value(found.grad)}</div>'
    inner = f'<div class="parts">{parts}</div>' if parts else ""
    return (
        f'<div class="object{" looked" if found.name in look else ""}">'
        f'<div class="of"><code>{escape(found.name.removeprefix(whole))}</code></div>'
        f'<div class="what"><div class="value">{_value(found.value)}</div>{gradient}'
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


def _value(value: Array | str) -> str:
    if isinstance(value, str):
        return escape(value)
    exact = escape(repr(value.tolist()), quote=True) if value.size <= MOST_ENTRIES else ""
    return f'<code title="{exact}">{escape(written(value))}</code>'


def written(value: Array) -> str:
    """An array with six digits; a vector in one line whichever axis it lies along."""
    flat = value.ravel() if max(value.shape, default=1) == value.size else value
    if flat.size == 1:
        return f"{flat.item():.6g}"
    return np.array2string(
        np.squeeze(flat), precision=6, threshold=MOST_ENTRIES, edgeitems=2, separator=", "
    )
