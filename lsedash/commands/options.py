"""The options that describe an experiment, made from the table of fields."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from lsedash.experiment import Experiment
from lsedash.meaning import Meaning
from lsedash.problem import InvalidInput
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS
from lsedash.text.fields import CHOSEN_VARIANTS, DEFAULT, FIELDS, Field, read_texts
from lsedash.text.link import plain_link, unknown_parts
from lsedash.text.names import NAMES, read_meaning

Command = Callable[..., Any]


def experiment_options(*, without: tuple[str, ...] = ()) -> Callable[[Command], Command]:
    """Give a command an option for each field, named by its key, and `--link`.

    Args:
        without: keys of the fields that get no option.
    """
    fields = [field for key, field in FIELDS.items() if key not in without]

    def add_options(command: Command) -> Command:
        command = click.option(
            "--link", metavar="LINK", default="", help="a dashboard's link to start from"
        )(command)
        for field in reversed(fields):  # click lists the last one first
            command = _option(field)(command)
        return command

    return add_options


def _option(field: Field) -> Callable[[Command], Command]:
    short = len(field.name) == 1
    return click.option(
        f"-{field.name}" if short else f"--{field.name.replace('_', '-')}",
        field.key,
        metavar=field.sample,
        help=field.meaning,
        callback=_without_equals_sign if short else None,
    )


def _without_equals_sign(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> str | None:
    """Read `-b=-1,2` as `-b -1,2`; click leaves the equals sign in the value."""
    return None if text is None else text.removeprefix("=")


def experiment_of(
    texts: Mapping[str, str | None], link: str, start: Experiment = DEFAULT
) -> tuple[Experiment, tuple[Program, ...]]:
    """An experiment, changed by the link and then by the options; and the variants to run.

    Args:
        texts: the options' texts by key; None for an option that is left out.
        start: the experiment that is changed; the worked example.

    Raises:
        InvalidInput: a part of the link or an option cannot be used.
    """
    given = plain_link(link)
    for problem in unknown_parts(given):
        raise InvalidInput(problem)
    given |= {key: text for key, text in texts.items() if text is not None}
    experiment, faults = read_texts(given, start)
    if faults:
        raise faults[0]
    if CHOSEN_VARIANTS.key not in given:
        return experiment, VARIANTS.programs
    chosen = CHOSEN_VARIANTS.read(given[CHOSEN_VARIANTS.key])
    return experiment, VARIANTS.chosen(chosen)


def meaning_of(texts: Mapping[str, str | None], link: str, columns: int) -> Meaning | None:
    """What the columns of A mean, if the link says so and its A is the one that is used.

    Raises:
        InvalidInput: the link's names do not fit A.
    """
    given = plain_link(link)
    return read_meaning(given[NAMES], columns) if NAMES in given and not texts["A"] else None
