"""Experiments from texts: all values that can be read, and the faults of the others."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from lsedash.experiment import Experiment
from lsedash.problem import InvalidInput, InvalidSystem, LinearSystem
from lsedash.text.convention import Spoken, spoken_in
from lsedash.text.fields import DEFAULT, FIELDS, LOSS_KEY, PARAMETERS, Field

Readers = Mapping[str, Callable[[int], Any]]
Change = Callable[[Readers, Experiment], Experiment]


def read_texts(
    texts: Mapping[str, str],
    start: Experiment = DEFAULT,
    conventions: Mapping[str, str] | None = None,
) -> tuple[Experiment, list[InvalidInput]]:
    """An experiment changed by the texts, which are given by key; and their faults.

    Args:
        conventions: the convention for the loss in which a text is spoken, by the text's key; the
            one that the texts themselves name as `loss`, if it is left out.
    """
    given = [field for field in PARAMETERS if field.key in texts]
    spoken = dict.fromkeys(texts, texts.get(LOSS_KEY, "")) if conventions is None else conventions
    readers = {f.key: spoken_reader(f.read, texts[f.key], spoken.get(f.key, "")) for f in given}
    return read_experiment(readers, start)


def spoken_reader(
    read: Callable[[Any, Spoken], Any], given: Any, convention: str
) -> Callable[[int], Any]:
    """A reader of what is spoken in a convention, on a system of m equations."""
    return lambda m: read(given, spoken_in(convention, m))


def read_experiment(
    readers: Readers,
    start: Experiment,
    check: Callable[[Experiment], None] = lambda _: None,
) -> tuple[Experiment, list[InvalidInput]]:
    """An experiment changed by all values that can be read, and the faults of the others.

    If A or b cannot be used, neither is, because one without the other is another system.

    Args:
        readers: functions by key that return a value or raise InvalidInput; they are given the
            number of equations.
        start: the experiment to change.
        check: raises InvalidInput for an experiment beyond a limit.
    """
    rest = [field for field in PARAMETERS if field.key in readers and not field.of_system]
    changes: list[Change] = [_change_system, *(partial(_change, field) for field in rest)]
    faults: list[InvalidInput] = []
    experiment = start
    for change in changes:
        try:
            changed = change(readers, experiment)
            check(changed)
            experiment = changed
        except InvalidInput as fault:
            faults.append(fault)
    if faults and FIELDS[faults[0].field].of_system:  # x0 may fit the system that was refused
        faults = [fault for fault in faults if not _is_misfit(fault)]
    return experiment, faults


def _change_system(readers: Readers, start: Experiment) -> Experiment:
    """Replace A and b; x0 becomes zero if the number of unknowns changes."""
    m = start.system.m
    A, b = (readers[key](m) if key in readers else getattr(start.system, key) for key in "Ab")
    system = LinearSystem(A, b)
    x0 = start.x0 if system.n == start.system.n else np.zeros(system.n)
    return replace(start, system=system, x0=x0)


def _change(field: Field, readers: Readers, start: Experiment) -> Experiment:
    return replace(start, **{field.attribute: readers[field.key](start.system.m)})


def _is_misfit(fault: InvalidInput) -> bool:
    """Whether the fault is that x0 and the rows of A differ in length."""
    return isinstance(fault, InvalidSystem) and fault.field == "x0" and fault.row is None
