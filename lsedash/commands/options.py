"""The options that describe an experiment, made from the table of fields."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import click

from lsedash.experiment import Experiment
from lsedash.meaning import Meaning
from lsedash.problem import InvalidInput
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS
from lsedash.text.convention import CONVENTIONS, Spoken, spoken_in
from lsedash.text.experiments import read_texts
from lsedash.text.fields import CHOSEN_VARIANTS, DEFAULT, FIELDS, Field
from lsedash.text.link import plain_link, unknown_parts
from lsedash.text.names import NAMES, read_meaning
from lsedash.text.settings import LOSS

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
        command = click.option(
            f"--{LOSS.key}",
            metavar="CONVENTION",
            help=f"how the loss is written: {', '.join(CONVENTIONS)}; rates and losses are "
            f"read and written so; {LOSS.default}",
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


class Asked(NamedTuple):
    """What a command is asked for: an experiment, the variants to run, and how it is spoken of."""

    experiment: Experiment
    variants: tuple[Program, ...]
    spoken: Spoken


def experiment_of(texts: Mapping[str, str | None], link: str, start: Experiment = DEFAULT) -> Asked:
    """An experiment, changed by the link and then by the options.

    A link's rates and losses are spoken in its own convention, the options' in that of `--loss`.

    Args:
        texts: the options' texts by key; None for an option that is left out.
        start: the experiment that is changed; the worked example.

    Raises:
        InvalidInput: a part of the link or an option cannot be used.
    """
    given = plain_link(link)
    for problem in unknown_parts(given):
        raise InvalidInput(problem)
    options = {key: text for key, text in texts.items() if text is not None}
    linked, chosen = (LOSS.read(t.get(LOSS.key, LOSS.default)) for t in (given, given | options))
    conventions = dict.fromkeys(given, linked) | dict.fromkeys(options, chosen)
    given |= options
    experiment, faults = read_texts(given, start, conventions)
    if faults:
        raise faults[0]
    variants = given.get(CHOSEN_VARIANTS.key)
    keys = CHOSEN_VARIANTS.default if variants is None else CHOSEN_VARIANTS.read(variants)
    return Asked(experiment, VARIANTS.chosen(keys), spoken_in(chosen, experiment.system.m))


def meaning_of(texts: Mapping[str, str | None], link: str, columns: int) -> Meaning | None:
    """What the columns of A mean, if the link says so and its A is the one that is used.

    Raises:
        InvalidInput: the link's names do not fit A.
    """
    given = plain_link(link)
    return read_meaning(given[NAMES], columns) if NAMES in given and not texts["A"] else None
