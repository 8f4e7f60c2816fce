"""A table that a visitor has brought along: how it is read, and what system is made of it.

No Streamlit here. The visit keeps a `Brought` while the dialog is open; the functions change one
into the next, and say what it is understood as.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import inf
from types import MappingProxyType
from typing import Any

from lsedash.data.columns import column_names
from lsedash.data.design import Design, design
from lsedash.data.how import How
from lsedash.data.reading import Reading, read_table
from lsedash.data.table import Table
from lsedash.experiment import Experiment
from lsedash.problem import InvalidInput
from lsedash.text.convention import HALF_SUM, spoken_in
from lsedash.theory.closed_form import Theory
from lsedash.ui.state.limits import check_system

TARGET, FEATURE, LEFT_OUT = "target", "feature", "left out"
ONLY = "only "  # before the text of the rows that are taken
MOST_VALUES = 12  # different texts of a column by which rows can be chosen
LONGEST_VALUE = 100  # characters of such a text
KEPT = 8  # readings; each holds up to 1 MB
SHARE = 0.5  # of the edge, where descent starts
ITERATIONS = 200


@dataclass(frozen=True)
class Brought:
    """A table that is not the experiment yet.

    Attributes:
        name: of the file; "" if it was pasted.
        content: what it holds.
        how: what the visitor has chosen about how it is read.
        roles: what he has made of columns, by their numbers from 0; of the others, what is usual.
        constant, power, standardize: see `lsedash.design`.
    """

    name: str
    content: bytes
    how: How = How()  # noqa: RUF009 - it is frozen
    roles: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    constant: bool = True
    power: int = 1
    standardize: bool = False


@lru_cache(maxsize=KEPT)
def _read(content: bytes, how: How) -> Reading:
    return read_table(content, how)


def understood(brought: Brought) -> tuple[Reading, ...]:
    """The readings of the table: one, or several to choose from.

    Raises:
        InvalidInput: it is no table of numbers.
    """
    reading = _read(brought.content, brought.how)
    return reading.alternatives or (reading,)


def corrected(brought: Brought, field: str, value: str) -> Brought:
    """The table after one part of how it is read was corrected, if the part can have this value."""
    (reading, *others) = understood(brought)
    choices = [part.choices for part in reading.parts if part.field == field and not others]
    for choice, _ in choices[0] if choices else ():
        if choice_text(choice) == value:
            change: dict[str, Any] = {field: choice}
            how = replace(brought.how, **change)
            return replace(brought, how=how, roles=MappingProxyType({}))
    return brought


def chosen(brought: Brought, index: int) -> Brought:
    """The table after one of its readings was chosen."""
    readings = understood(brought)
    return replace(brought, how=readings[index].how) if index < len(readings) else brought


def choice_text(value: object) -> str:
    """A value of a field of `How` as a text."""
    return str(value)


def with_role(brought: Brought, column: int, role: str) -> Brought:
    """The table after a column was given another role; there is one target."""
    table = understood(brought)[0].table
    if column >= len(table.names) or role not in offered(table, column):
        return brought
    roles = dict(enumerate(roles_of(brought, table)))
    if role == TARGET:
        roles = {j: FEATURE if former == TARGET else former for j, former in roles.items()}
    return replace(brought, roles=MappingProxyType(roles | {column: role}))


def with_options(brought: Brought, constant: bool, power: int, standardize: bool) -> Brought:
    """The table with other choices about all columns together."""
    return replace(brought, constant=constant, power=power, standardize=standardize)


def offered(table: Table, column: int) -> list[str]:
    """The roles that a column can have."""
    if column not in table.texts:
        return [TARGET, FEATURE, LEFT_OUT]
    values = list(dict.fromkeys(text.strip() for text in table.texts[column] if text.strip()))
    if len(values) > MOST_VALUES or max(map(len, values), default=0) > LONGEST_VALUE:
        return [LEFT_OUT]
    return [LEFT_OUT, *(f"{ONLY}{value}" for value in values)]


def roles_of(brought: Brought, table: Table) -> list[str]:
    """The role of each column: what the visitor chose, else what is usual."""
    if brought.roles:
        return [brought.roles[j] for j in range(len(table.names))]
    names = column_names(table)
    usual = design(table)
    by_name = dict.fromkeys(usual.other_targets, FEATURE) | {usual.target: TARGET}
    return [by_name.get(name, LEFT_OUT) for name in names]


def designed(brought: Brought, table: Table) -> Design:
    """The system that the table becomes.

    Raises:
        InvalidInput: it does not become one, or one that the dashboard does not take.
    """
    roles, names = roles_of(brought, table), column_names(table)
    targets = [j for j, role in enumerate(roles) if role == TARGET]
    features = [j + 1 for j, role in enumerate(roles) if role == FEATURE]
    if not targets:
        raise InvalidInput("No column is the target; choose one.")
    if not (features or brought.constant):
        raise InvalidInput("No column is a feature; choose one, or take a constant.")
    only = {
        names[j]: role.removeprefix(ONLY) for j, role in enumerate(roles) if role.startswith(ONLY)
    }
    made = design(
        table,
        targets[0] + 1,
        features,
        constant=brought.constant,
        powers=brought.power,
        standardize=brought.standardize,
        rows=only,
    )
    check_system(made.system)
    return made


def first_experiment(made: Design, convention: str = HALF_SUM.key) -> Experiment:
    """The experiment that begins with a system: its learning rate is half the edge, x0 is zero.

    The rate has four digits as it is spoken in a convention for the loss.
    """
    edge = Theory(made.system).critical_learning_rate
    spoken = spoken_in(convention, made.system.m)
    half = float(f"{spoken.rate(SHARE * edge):.4g}")
    rate = spoken.own(half) if 0 < edge < inf else 1.0
    return Experiment(made.system, None, rate, ITERATIONS)
