"""Parts of sentences: plurals, lists of names, names of entries, counts, short numbers."""

from collections.abc import Sequence
from math import ceil

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LARGEST_IN_FULL = 1e6  # iterations; a larger number is written as a power of ten


def plural(count: int, noun: str) -> str:
    """ "1 row", "3 rows", "3 entries"."""
    if count == 1:
        return f"1 {noun}"
    return f"{count} {noun[:-1]}ies" if noun.endswith("y") else f"{count} {noun}s"


def entry_name(name: str, row: int, column: int | None = None) -> str:
    """How a message names an entry: "A, row 2, column 1" or "b, entry 2"."""
    return f"{name}, entry {row}" if column is None else f"{name}, row {row}, column {column}"


def join_names(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def number_word(count: int) -> str:
    """A count before a noun: "no", "one" to "nine", then in digits."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def spaced(count: int) -> str:
    """A whole number with its digits in groups of three: "20 000"."""
    return f"{count:,}".replace(",", " ")


def iteration_count(iterations: float) -> str:
    """A number of iterations, rounded up: "1", "47", "20 000", "3e+08"."""
    return spaced(max(ceil(iterations), 1)) if iterations < LARGEST_IN_FULL else f"{iterations:.0e}"


def round_down(rate: float, highest: float | None = None) -> float:
    """A learning rate with four significant digits, never above the rate.

    Args:
        highest: the upper limit of the result; the rate itself if None.
    """
    nearest = float(f"{rate:.4g}")
    below = nearest <= (rate if highest is None else highest)
    return nearest if below else float(f"{rate * (1 - 5e-4):.4g}")
