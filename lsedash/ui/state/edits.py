"""The changes that widgets' callbacks make to the visit."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from lsedash.experiment import Experiment
from lsedash.figures.view import View
from lsedash.meaning import Meaning
from lsedash.problem import InvalidInput
from lsedash.text.convention import Spoken, spoken_in
from lsedash.text.fields import ALL_VARIANTS, DEFAULT
from lsedash.text.lesson_settings import CONTROLS
from lsedash.text.setting import Setting, Settings
from lsedash.text.settings import (
    BY_KEY,
    FOLLOWS,
    HIDDEN,
    ITERATION_SHOWN,
    LOSS,
    VIEW,
)
from lsedash.ui.state.brought import Brought
from lsedash.ui.state.draft import Draft, draft_of, read_draft
from lsedash.ui.state.visit import Visit, current

T = TypeVar("T")


def edit(**texts: Any) -> None:
    """Change some texts of the draft, and drop the notices about the link."""
    visit = current()
    visit.draft = replace(visit.draft, **texts)
    _drop_notices(visit)


def replace_draft(draft: Draft, *, other_system: bool = False) -> None:
    """Replace the whole draft, and make the grid and all fields show the new one.

    Args:
        other_system: whether A is another one now, so that nobody knows what its columns mean.
    """
    visit = current()
    if other_system:
        visit.meaning = None
    _replace(visit, draft)


def adopt(experiment: Experiment, meaning: Meaning | None = None, remark: str = "") -> None:
    """Put an experiment, with its own learning rate, into the fields.

    Args:
        meaning: what the columns of its A mean; None if nobody knows.
        remark: what is said of it until the next edit.
    """
    visit = current()
    adopt_into(visit, experiment, meaning)
    visit.remark = remark


def adopt_into(visit: Visit, experiment: Experiment, meaning: Meaning | None = None) -> None:
    """Put an experiment, with its own learning rate, into the fields of a visit."""
    visit.adopted, visit.meaning = True, meaning
    _replace(visit, draft_of(experiment, visit.settings[LOSS]))


def reset() -> None:
    """Go back to the article's worked example, with all programs run and shown to their end."""
    visit = current()
    adopt_into(visit, DEFAULT)
    visit.variants = ALL_VARIANTS
    parts: tuple[Setting[Any], ...] = (FOLLOWS, ITERATION_SHOWN)
    for part in parts:
        visit.settings = visit.settings.replaced(part, part.default)
    hidden: tuple[str, ...] = visit.settings[HIDDEN]
    visit.settings = visit.settings.replaced(HIDDEN, controls_of(hidden))
    visit.opened += 1


def choose_programs(keys: Collection[str]) -> None:
    """Choose which programs run; an empty choice changes nothing."""
    visit = current()
    visit.variants = tuple(key for key in ALL_VARIANTS if key in keys) or visit.variants
    _drop_notices(visit)


def show(what: str) -> None:
    """Show something else on this page; "" stands for what the page opens with."""
    visit = current()
    visit.shown = visit.shown | {visit.page or "": what}
    visit.unknown_show = ""


def revision() -> int:
    """How many times the whole draft was replaced; what the browser sends names its own."""
    return current().fields.revision


def opened() -> int:
    """How many times a link was opened; what the browser keeps itself, it then takes from us."""
    return current().opened


def draft() -> Draft:
    """The texts in the fields."""
    return current().draft


def meaning() -> Meaning | None:
    """What the columns of A mean, if it is known."""
    return current().meaning


def drafted_experiment() -> Experiment:
    """The experiment that the draft describes now; for use in a callback."""
    visit = current()
    return read_draft(visit.draft, visit.experiment, visit.settings[LOSS])[0]


def spoken() -> Spoken:
    """The convention in which the visitor reads and writes rates and losses."""
    visit = current()
    return spoken_in(visit.settings[LOSS], visit.experiment.system.m)


def take_rate(alpha: float) -> None:
    """Make a learning rate in ours the experiment's."""
    edit(learning_rate=spoken().rate_text(alpha))


def brought() -> Brought | None:
    """The table that the visitor has brought along."""
    return current().brought


def bring(table: Brought | None) -> None:
    """Keep a table that the visitor has brought along, or none."""
    current().brought = table


def tables_used() -> int:
    """How many tables have become the experiment."""
    return current().used


def use_table(experiment: Experiment, meaning: Meaning, remark: str) -> None:
    """Make the table that the visitor has brought along the experiment.

    Args:
        remark: what is said of it until the next edit.
    """
    adopt(experiment, meaning, remark)
    visit = current()
    visit.brought, visit.used = None, visit.used + 1


def remark() -> str:
    """What is said of the experiment until the next edit; "" if nothing."""
    return current().remark


def note(field: str, fault: InvalidInput) -> None:
    """Show a fault at the field it belongs to, until the next edit."""
    visit = current()
    _drop_notices(visit)
    visit.notes = {field: fault}


def noted(field: str) -> InvalidInput | None:
    """The fault to be shown at a field, if there is one."""
    return current().notes.get(field)


def settings() -> Settings:
    """The values of all settings."""
    return current().settings


def setting(which: Setting[T]) -> T:
    """The value of a setting."""
    return current().settings[which]


def choose(which: Setting[T], value: T) -> None:
    """Give a setting another value."""
    choose_in(current(), which, value)


def choose_in(visit: Visit, which: Setting[T], value: T) -> None:
    """Give a setting of a visit another value."""
    visit.settings = visit.settings.replaced(which, value)
    visit.refused.pop(which.key, None)


def controls_of(hidden: Collection[str]) -> tuple[str, ...]:
    """The controls among what is hidden; the rest are programs."""
    return tuple(name for name in CONTROLS if name in hidden)


def setting_texts(*which: Setting[Any]) -> dict[str, str]:
    """The texts of settings for the browser, by key; "" for one that leaves the choice to it."""
    values = current().settings
    return {part.key: "" if values[part] is None else part.write(values[part]) for part in which}


def choose_texts(texts: Mapping[str, str]) -> None:
    """Give settings the values that the browser sent as texts; an empty one is the default.

    (The stage hides programs and knows nothing of the controls, which stay as they are.)
    """
    for key, text in texts.items():
        which = BY_KEY[key]
        value = which.read(text) if text else which.default
        if which is HIDDEN:
            hidden: tuple[str, ...] = setting(HIDDEN)
            value = (*value, *controls_of(hidden))
        choose(which, value)


def refuse(which: Setting[Any], text: str, fault: InvalidInput) -> None:
    """Keep a typed text that a setting cannot take, and why, until it gets another value."""
    current().refused[which.key] = text, fault


def refused(which: Setting[Any]) -> tuple[str, InvalidInput] | None:
    """The text that a setting could not take, and why."""
    return current().refused.get(which.key)


def view(n: int) -> View:
    """The view of the path that the visitor chose, fitted to n unknowns."""
    return View(*setting(VIEW)).fitted(n, meaning())


def _replace(visit: Visit, new: Draft) -> None:
    visit.draft = new
    _drop_notices(visit)
    visit.fields.replace_all()


def _drop_notices(visit: Visit) -> None:
    """Drop what is said about the opened link and about other inputs: something was edited."""
    visit.problems, visit.decoded, visit.unused, visit.notes = (), False, {}, {}
    visit.remark = ""
