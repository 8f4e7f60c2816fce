"""The options of `lsedash run` that take A and b from a file of data."""

import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from lsedash.data.design import Design, Powers, design
from lsedash.data.how import How
from lsedash.data.reading import Reading, read_table
from lsedash.experiment import Experiment
from lsedash.problem import InvalidInput
from lsedash.text.notation import parse_count
from lsedash.text.words import number_word, round_down
from lsedash.theory.closed_form import Theory

STDIN = "-"
SEVERAL = ("--features", "--powers", "--rows")  # options that take all texts up to the next option
CHOICES = ("separator", "decimal", "thousands", "titles", "sheet")  # of How
SEPARATORS = {"tab": "\t", "blank": " "}
DATA_OPTIONS = (
    click.option("--data", metavar="FILE", help="take A and b from a table; - for standard input"),
    click.option("--target", metavar="NAME", help="the column of b; the last one"),
    click.option("--features", metavar="NAME...", multiple=True, help="the columns of A; all"),
    click.option("--powers", metavar="P", multiple=True, help="highest power: 2, or NAME=2 ..."),
    click.option("--rows", metavar="NAME=VALUE...", multiple=True, help="only rows with this"),
    click.option("--no-constant", is_flag=True, help="A without a column of ones"),
    click.option(
        "--standardize", "--standardise", is_flag=True, help="columns with mean 0 and deviation 1"
    ),
    click.option("--separator", metavar="SIGN", help="what stands between cells; tab, blank"),
    click.option("--decimal", metavar="SIGN", help="the decimal sign: . or ,"),
    click.option("--thousands", metavar="SIGN", help="what marks thousands; '' for nothing"),
    click.option("--titles/--no-titles", default=None, help="whether the first line is titles"),
    click.option("--sheet", metavar="NAME", help="the sheet of a workbook"),
)


@dataclass(frozen=True, eq=False)
class Data:
    """A table that was read, and the system made of it.

    Attributes:
        design: the system.
        said: what was understood, in sentences.
    """

    design: Design
    said: tuple[str, ...]


def data_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options about data."""
    for option in reversed(DATA_OPTIONS):  # click lists the last one first
        command = option(command)
    return command


def one_by_one(argv: Sequence[str]) -> list[str]:
    """Write `--features size rooms` as `--features size --features rooms`, which click reads."""
    spread: list[str] = []
    several = ""
    for text in argv:
        if text.startswith("-"):
            several = text if text in SEVERAL else ""
        elif several and spread[-1] != several:
            spread.append(several)
        spread.append(text)
    return spread


def data_of(options: Mapping[str, Any]) -> Data | None:
    """The data that the options name; None if they name none.

    Raises:
        InvalidInput: the file cannot be read, or in several ways, or makes no system.
    """
    if options["data"] is None:
        if given := [name for name, value in options.items() if value not in (None, (), False)]:
            raise InvalidInput(f"--{given[0].replace('_', '-')} needs --data FILE.")
        return None
    reading = _read(options)
    made = design(
        reading.table,
        options["target"],
        options["features"] or None,
        constant=not options["no_constant"],
        powers=_powers(options["powers"]),
        standardize=options["standardize"],
        rows=dict(_pair("--rows", text) for text in options["rows"]),
    )
    return Data(made, (f"{reading.said}.", *made.said))


def started(data: Data) -> Experiment:
    """The experiment on the data's system, at half the largest stable learning rate."""
    theory = Theory(data.design.system)
    rate = round_down(theory.critical_learning_rate / 2) if theory.rank else 1.0
    return Experiment(data.design.system, None, rate)


def _read(options: Mapping[str, Any]) -> Reading:
    name = options["data"]
    chosen = {key: options[key] for key in CHOICES}
    chosen["separator"] = SEPARATORS.get(options["separator"], options["separator"])
    try:
        source = _bytes_of(name)
    except OSError as fault:
        raise InvalidInput(f"{name} cannot be read: {fault.strerror}.") from None
    reading = read_table(source, How(**chosen))
    if reading.alternatives:
        ways = [f"{_options(way, reading)} ({way.said})" for way in reading.alternatives]
        shown = "standard input" if name == STDIN else name
        raise InvalidInput(
            f"{shown} can be read in {number_word(len(ways))} ways; choose one with "
            f"{' or '.join(ways)}."
        )
    return reading


def _bytes_of(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read()
    return Path(name).read_bytes()


def _options(way: Reading, reading: Reading) -> str:
    """The options that tell a way to read a text from the other ones."""
    written = []
    for name in CHOICES:
        values = [getattr(each.how, name) for each in reading.alternatives]
        value = getattr(way.how, name)
        if len(set(values)) > 1 and value is not None:
            written.append(_option(name, value))
    return " ".join(written)


def _option(name: str, value: str | bool) -> str:
    if isinstance(value, bool):
        return f"--{name}" if value else f"--no-{name}"
    words = {sign: word for word, sign in SEPARATORS.items()}
    return f"--{name} {shlex.quote(words.get(value, value))}"


def _powers(texts: Sequence[str]) -> Powers:
    """One power for all features, or powers by name."""
    if not texts:
        return 1
    if len(texts) == 1 and "=" not in texts[0]:
        return parse_count(texts[0], name="--powers", least=1)
    pairs = (_pair("--powers", text) for text in texts)
    return {name: parse_count(power, name=f"--powers {name}", least=1) for name, power in pairs}


def _pair(option: str, text: str) -> tuple[str, str]:
    name, equals, value = text.rpartition("=") if option == "--powers" else text.partition("=")
    if not equals:
        raise InvalidInput(f"{option} takes NAME=VALUE; it is {text[:40]!r}.")
    return name, value
