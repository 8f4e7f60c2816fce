"""The names of the unknowns on screen: "x₂", and with somebody's data "x₂ · size".

The names of columns come from strangers. They are text: what writes them into HTML, Markdown or a
chart escapes them there.
"""

from lsedash.meaning import Meaning

SHORT = 16  # characters of a name beside others
LONG = 48  # of one that has a line for itself
LOWER = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def coordinate_name(index: int, meaning: Meaning | None = None, most: int = SHORT) -> str:
    """The name of an unknown, counted from 0: x₁ for 0; with its column's name if it has one."""
    symbol = f"x{str(index + 1).translate(LOWER)}"
    name = "" if meaning is None else shortened(meaning.terms[index].name, most)
    return f"{symbol} · {name}" if name else symbol


def coordinate_names(n: int, meaning: Meaning | None = None, most: int = SHORT) -> tuple[str, ...]:
    """The names of n unknowns."""
    return tuple(coordinate_name(i, meaning, most) for i in range(n))


def row_labels(m: int, meaning: Meaning | None) -> tuple[str, ...]:
    """The names of the rows of A, each in one line; nothing if they have none."""
    if meaning is None or len(meaning.labels) != m:
        return ()
    return tuple(shortened(label, LONG) or f"row {i}" for i, label in enumerate(meaning.labels, 1))


def shortened(name: str, most: int = SHORT) -> str:
    """A name in one line of at most so many characters; a longer one ends with three dots."""
    line = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
