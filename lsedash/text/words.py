"""Parts of sentences: plurals, lists of names, names of entries, counts, short numbers."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context
from math import ceil, inf, isfinite

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LARGEST_IN_FULL = 1e6  # iterations; a larger number is written as a power of ten
DIGITS = 4  # significant ones, of a number for reading
LONGEST_SHOWN = 8  # characters of a number in a field
MOST_DIGITS = 17  # enough to tell any two float64 apart
ZERO = "0 to rounding"  # what a loss is that rounding alone explains
LONG_RUN = "fastest in the long run"  # the name of `Theory.optimal_learning_rate`


def differs_in_x(title: str) -> str:
    """What `Comparison.disagreement` is called on every page: a head, or the begin of a sentence.

    Args:
        title: of the first program.
    """
    return f"Differs in x from {title}"


def brief(value: float, digits: int = DIGITS) -> str:
    """A number for reading: "0.3333", "-12.35", "2", "1.235e-9", "∞".

    At most four significant digits; an exponent below 0.0001 and from a million on.
    `ui/js/numbers.js` writes numbers alike.
    """
    if value == 0:
        return "0"
    if not isfinite(value):
        return {inf: "∞", -inf: "-∞"}.get(value, "NaN")
    number = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(float(value))
    exponent = number.adjusted()
    if -4 <= exponent < 6:
        return repr(float(number)).removesuffix(".0")
    mantissa = repr(float(number.scaleb(-exponent))).removesuffix(".0")
    return f"{mantissa}e{exponent}"


def shown_text(text: str) -> str:
    """How a field shows a number that nobody is editing: a long one in four digits."""
    return text if len(text) <= LONGEST_SHOWN else brief(float(text))


def tell_apart(*numbers: float, digits: int = DIGITS) -> tuple[str, ...]:
    """Numbers for reading, in as many digits as different ones need to look different."""
    different = len(set(numbers))
    for more in range(digits, MOST_DIGITS + 1):
        texts = tuple(brief(value, more) for value in numbers)
        if len(set(texts)) >= different:
            break
    return texts


def best_for(iterations: int) -> str:
    """The name of `Theory.best_learning_rate`: "best for 50 iterations"."""
    return f"best for {spaced(iterations)} iteration{'' if iterations == 1 else 's'}"


def why_two_rates(iterations: int) -> str:
    """Why the best rate for some iterations is not the one that is fastest in the long run."""
    after = f"{spaced(iterations)} iteration{'' if iterations == 1 else 's'}"
    return (
        "In the long run only the flattest mode is left. After "
        f"{after} from this start it is not yet what is left, so another rate leaves less loss."
    )


def plural(count: int, noun: str) -> str:
    """ "1 row", "3 rows", "3 entries"."""
    if count == 1:
        return f"1 {noun}"
    return f"{count} {noun[:-1]}ies" if noun.endswith("y") else f"{count} {noun}s"


def is_plural(name: str) -> bool:
    """Whether a name stands for several things: "The learning rates", "Iterations to print"."""
    noun = name.partition(" of ")[0].partition(" to ")[0]
    return len(noun) > 1 and noun.endswith("s")


def verb_for(name: str) -> str:
    """ "is" or "are", after a name."""
    return "are" if is_plural(name) else "is"


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
    """A number of iterations, rounded up: "1", "47", "20 000", "3e8"."""
    if iterations < LARGEST_IN_FULL:
        return spaced(max(ceil(iterations), 1))
    return brief(iterations, 1)


def round_down(rate: float, highest: float | None = None) -> float:
    """A learning rate with four significant digits, never above the rate.

    Args:
        highest: the upper limit of the result; the rate itself if None.
    """
    nearest = float(f"{rate:.4g}")
    below = nearest <= (rate if highest is None else highest)
    return nearest if below else float(f"{rate * (1 - 5e-4):.4g}")
