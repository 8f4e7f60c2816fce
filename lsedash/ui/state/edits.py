"""The changes that widgets' callbacks make to the visit."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from lsedash.experiment import Experiment
from lsedash.figures.view import View
from lsedash.problem import InvalidInput
from lsedash.text.fields import ALL_VARIANTS, DEFAULT
from lsedash.ui.state.draft import Draft, draft_of, read_draft
from lsedash.ui.state.visit import Visit, current


def edit(**texts: Any) -> None:
    """Change some texts of the draft, and drop the notices about the link."""
    visit = current()
    visit.draft = replace(visit.draft, **texts)
    visit.problems, visit.notes = (), {}


def replace_draft(draft: Draft) -> None:
    """Replace the whole draft, and make the grid and all fields show the new one."""
    _replace(current(), draft)


def adopt(experiment: Experiment) -> None:
    """Put an experiment, with its own learning rate, into the fields."""
    adopt_into(current(), experiment)


def adopt_into(visit: Visit, experiment: Experiment) -> None:
    """Put an experiment, with its own learning rate, into the fields of a visit."""
    visit.adopted = True
    _replace(visit, draft_of(experiment))


def reset() -> None:
    """Go back to the article's worked example, with all programs."""
    visit = current()
    adopt_into(visit, DEFAULT)
    visit.variants = ALL_VARIANTS


def choose_programs(keys: Collection[str]) -> None:
    """Choose which programs run; an empty choice changes nothing."""
    visit = current()
    visit.variants = tuple(key for key in ALL_VARIANTS if key in keys) or visit.variants
    visit.problems = ()


def follow_system(follows: bool) -> None:
    """Choose whether alpha lambda_max stays the same when A is edited."""
    current().rate_follows_system = follows


def show(what: str) -> None:
    """Show something else on this page; "" stands for what the page opens with."""
    visit = current()
    visit.shown = visit.shown | {visit.page or "": what}
    visit.unknown_show = ""


def revision() -> int:
    """How many times the whole draft was replaced; what the browser sends names its own."""
    return current().fields.revision


def draft() -> Draft:
    """The texts in the fields."""
    return current().draft


def drafted_experiment() -> Experiment:
    """The experiment that the draft describes now; for use in a callback."""
    visit = current()
    return read_draft(visit.draft, visit.experiment)[0]


def note(field: str, fault: InvalidInput) -> None:
    """Show a fault at the field it belongs to, until the next edit."""
    visit = current()
    visit.notes, visit.problems = {field: fault}, ()


def noted(field: str) -> InvalidInput | None:
    """The fault to be shown at a field, if there is one."""
    return current().notes.get(field)


def choice(name: str, default: Any) -> Any:
    """The value that a page keeps under a name."""
    return current().choices.get(name, default)


def choose(name: str, value: Any) -> None:
    """Keep a value of a page under a name."""
    current().choices[name] = value


def view(n: int) -> View:
    """The view of the path that the visitor chose, fitted to n unknowns."""
    chosen: View = choice("view", View())
    return chosen.fitted(n)


def _replace(visit: Visit, new: Draft) -> None:
    visit.draft, visit.problems, visit.notes = new, (), {}
    visit.fields.replace_all()
