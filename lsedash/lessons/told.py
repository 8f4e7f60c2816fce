"""Sentences and links with quantities in braces: {edge}, {0.5 edge}, {status(torch_module)}."""

import re
from collections.abc import Callable

from lsedash.lessons.conditions import parse_quantity
from lsedash.lessons.facts import QUANTITIES, Facts
from lsedash.lessons.goal import Named, number_of
from lsedash.text.notation import format_number
from lsedash.text.words import brief

GUESS = "guess"
_BRACES = re.compile(r"\{([^{}]*)\}")


def told(text: str, facts: Facts, guess: str = "") -> str:
    """A text with its quantities as brief numbers, and {guess} as the prediction in words."""
    return _filled(text, facts, write_value, guess)


def link_told(text: str, facts: Facts) -> str:
    """A part of a link with its quantities as numbers that read back to the same float64."""
    return _filled(text, facts, _exact, "")


def quantities_in(text: str) -> tuple[Named, ...]:
    """The quantities in a text.

    Raises:
        InvalidInput: something else stands in braces.
    """
    inside = [part.strip() for part in _BRACES.findall(text)]
    return tuple(parse_quantity(part) for part in inside if part != GUESS)


def _filled(text: str, facts: Facts, write: Callable[[Named, Facts], str], guess: str) -> str:
    def fill(match: re.Match[str]) -> str:
        inside = match[1].strip()
        return guess if inside == GUESS else write(parse_quantity(inside), facts)

    return _BRACES.sub(fill, text)


def write_value(named: Named, facts: Facts) -> str:
    """The value of a quantity for reading, with at most four digits."""
    value = number_of(named, facts)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else brief(value)


def _exact(named: Named, facts: Facts) -> str:
    """As `write_value`, but a number in a link reads back to the same float64 of an experiment."""
    quantity = QUANTITIES[named.name]
    own = quantity.value(facts, named.argument)
    if not isinstance(own, float):
        return write_value(named, facts)
    spoken = facts.spoken
    write = {"rate": spoken.rate_text, "loss": spoken.loss_text, "": format_number}
    return write[quantity.spoken](own * named.times)
