"""A component: a visitor's own table becomes the experiment.

The browser reads the file and hands it on as a message; nothing is uploaded into a folder. Python
says how it understood it (`ui.state.brought`), and every part of that can be corrected here.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from lsedash.data.columns import column_names, listed
from lsedash.data.design import Design
from lsedash.data.how import Part
from lsedash.data.reading import Reading
from lsedash.data.table import Table
from lsedash.problem import InvalidInput
from lsedash.text.convention import spoken_in
from lsedash.text.notation import LONGEST_TEXT, format_number
from lsedash.text.settings import LOSS
from lsedash.text.words import brief
from lsedash.theory.closed_form import Theory
from lsedash.ui.js import component
from lsedash.ui.state import edits, table_messages
from lsedash.ui.state.brought import (
    LEFT_OUT,
    Brought,
    choice_text,
    chosen,
    corrected,
    designed,
    first_experiment,
    offered,
    roles_of,
    understood,
    with_options,
    with_role,
)
from lsedash.ui.state.limits import MOST_POWER, WIDEST_TABLE
from lsedash.ui.state.line import Actions, talking
from lsedash.ui.state.table_messages import Content, Correction, Options, Role

HERE = Path(__file__).parent
KEY = "data"
HTML = (HERE / "data_dialog.html").read_text(encoding="utf-8")
MOST_SHOWN = 30  # rows
LONGEST_SHOWN = 40  # characters of a text
GAP = "gap"
MUCH = 2  # times the condition number, that standardising has to bring


def data_dialog() -> None:
    """Show the button that opens it."""
    actions: Actions = {
        "content": (table_messages.content, _bring),
        "reading": (table_messages.reading, _choose),
        "how": (table_messages.correction, _correct),
        "role": (table_messages.role, _give_role),
        "options": (table_messages.options, _set_options),
        "use": (table_messages.nothing, _use),
        "close": (table_messages.nothing, _close),
    }
    data = {"most": LONGEST_TEXT, "used": edits.tables_used(), **_shown(edits.brought())}
    show = component(HERE / "data_dialog.js", html=HTML, style=HERE / "data_dialog.css")
    show(**talking(KEY, data, actions))


def _bring(told: Content) -> None:
    edits.bring(Brought(told.name, told.content))


def _choose(index: int) -> None:
    _change(lambda brought: chosen(brought, index))


def _correct(told: Correction) -> None:
    _change(lambda brought: corrected(brought, told.field, told.value))


def _give_role(told: Role) -> None:
    _change(lambda brought: with_role(brought, told.column, told.role))


def _set_options(told: Options) -> None:
    _change(lambda brought: with_options(brought, told.constant, told.power, told.standardize))


def _change(change: Callable[[Brought], Brought]) -> None:
    """Change the table; one that cannot be read stays, and the dialog says why."""
    brought = edits.brought()
    if brought is not None:
        with suppress(InvalidInput):
            edits.bring(change(brought))


def _use(_: None) -> None:
    """Make the table the experiment, if it can be; otherwise the dialog says why not."""
    brought = edits.brought()
    if brought is None:
        return
    with suppress(InvalidInput):
        (reading, *others) = understood(brought)
        if not others:
            made = designed(brought, reading.table)
            experiment = first_experiment(made, edits.setting(LOSS))
            edits.use_table(experiment, made.meaning, _remark(brought, made))


def _close(_: None) -> None:
    edits.bring(None)


def _remark(brought: Brought, made: Design) -> str:
    source = brought.name or "your table"
    return (
        f"From {source}: {made.target} from {listed(made.names)}. The learning rate is half the "
        "edge, so descent converges."
    )


def _shown(brought: Brought | None) -> dict[str, Any]:
    """What the dialog shows of a table: see `types.d.ts`."""
    nothing = {"brought": brought is not None, "name": "", "fault": "", "readings": []}
    shown: dict[str, Any] = nothing | {"design": None}
    if brought is None:
        return shown
    shown["name"] = brought.name
    try:
        readings = understood(brought)
        for reading in readings:
            _check_columns(reading.table)
    except InvalidInput as fault:
        return shown | {"fault": str(fault)}
    shown["readings"] = [_reading(reading) for reading in readings]
    if len(readings) == 1:
        shown["design"] = _design(brought, readings[0].table)
    return shown


def _check_columns(table: Table) -> None:
    columns = len(table.names)
    if columns > WIDEST_TABLE:
        raise InvalidInput(
            f"The table has {columns} columns; at most {WIDEST_TABLE} can be shown here."
        )


def _reading(reading: Reading) -> dict[str, Any]:
    table = reading.table
    rows = len(table.values)
    return {
        "parts": [_part(part) for part in reading.parts],
        "titles": list(column_names(table)),
        "rows": [_row(table, i) for i in range(min(rows, MOST_SHOWN))],
        "more": max(rows - MOST_SHOWN, 0),
    }


def _part(part: Part) -> dict[str, Any]:
    offers = [_offer(choice_text(value), words) for value, words in part.choices]
    chosen = [offer["value"] for offer in offers if offer["text"] == part.text]
    return {
        "text": part.text,
        "before": part.before,
        "field": part.field,
        "value": "".join(chosen[:1]),
        "offers": offers,
    }


def _row(table: Table, i: int) -> list[str]:
    values = table.values[i]
    return [
        _short(table.texts[j][i]) if j in table.texts else _number(value)
        for j, value in enumerate(values)
    ]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _number(value: float) -> str:
    return GAP if np.isnan(value) else format_number(value)


def _design(brought: Brought, table: Table) -> dict[str, Any]:
    made, fault, roles = None, "", [LEFT_OUT] * len(table.names)
    try:
        roles = roles_of(brought, table)
        made = designed(brought, table)
    except InvalidInput as refused:
        fault = str(refused)
    columns = [
        {"role": role, "offers": [_offer(offer, offer) for offer in offered(table, j)]}
        for j, role in enumerate(roles)
    ]
    return {
        "columns": columns,
        "constant": brought.constant,
        "power": brought.power,
        "mostPower": MOST_POWER,
        "standardize": brought.standardize,
        "sentences": [*made.said[1:], *_advice(brought, table, made)] if made else [],
        "outcome": _outcome(made) if made else "",
        "fault": fault,
    }


def _outcome(made: Design) -> str:
    """The system that would come, in one line."""
    theory, system = Theory(made.system), made.system
    spoken = spoken_in(edits.setting(LOSS), system.m)
    rate = first_experiment(made, spoken.convention.key).learning_rate
    edge, first = (brief(spoken.rate(r)) for r in (theory.critical_learning_rate, rate))
    return (
        f"A is {system.m} x {system.n} · condition number {brief(theory.condition_number)} · "
        f"edge at the learning rate {edge} · descent begins with "
        f"{first}, half of it"
    )


def _advice(brought: Brought, table: Table, made: Design) -> list[str]:
    """What standardising would do, if it would do much."""
    if brought.standardize or not brought.constant:
        return []
    try:
        other = designed(replace(brought, standardize=True), table)
    except InvalidInput:
        return []
    now, then = (Theory(each.system).condition_number for each in (made, other))
    if not now > MUCH * then:
        return []
    return [f"Standardised, the condition number is {brief(then)}; descent feels its square."]


def _offer(value: str, text: str) -> dict[str, str]:
    return {"value": value, "text": text}
