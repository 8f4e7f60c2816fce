"""One visitor's state: one typed value under one name in the session, written in `ui.state` only.

Data flows one way. A widget's callback changes the draft; a run of the page advances the visit
once, from the draft to the experiment; pages are handed the `Inputs` and draw them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any
from uuid import uuid4

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.problem import InvalidInput
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Progress
from lsedash.text.link import ALL_VARIANTS, DEFAULT
from lsedash.text.notation import format_number
from lsedash.theory.closed_form import Theory
from lsedash.ui.state.draft import Draft, draft_of, read_draft
from lsedash.ui.state.field import ControlledFields

NAME = "visit"  # of the one entry in the session state that is ours


@dataclass
class Work:
    """A computation that is not finished yet.

    Attributes:
        name: what it is the result of, such as "comparison".
        wanted: what tells this computation from another of that name.
        reports: its progress, to be drawn from until it is finished.
        began: the clock's reading when it began, in seconds.
        progress: the last report.
    """

    name: str
    wanted: tuple[Any, ...]
    reports: Iterator[Progress]
    began: float
    progress: Progress


@dataclass
class Visit:
    """Everything the server keeps of one visitor.

    Attributes:
        draft: the texts in the fields, valid or not.
        experiment: what the fields amount to; where one cannot be read, its last valid value.
        theory: of the experiment's system.
        faults: what is wrong in the fields, by field.
        variants: the keys of the programs to run.
        rate_follows_system: whether alpha lambda_max stays as it is when A is edited.
        adopted: whether the draft came with a learning rate of its own since the last run.
        page: the path of the page that is open.
        link: the query of the address, as we wrote or found it last.
        problems: what could not be used of the link that was opened, a sentence each.
        shown: what each page shows, as its link has it, by the page's path.
        unknown_show: what the link asked the page to show and the page does not have.
        sidebar: what the sidebar showed when it was drawn last.
        choices: what pages remember: their own settings, by name.
        notes: faults to be shown once, by the field they belong to.
        fields: the controlled fields.
        results: of finished computations, with what was wanted, by name.
        work: the computation that goes on in the next run.
        identity: tells this visit from every other one.
        messages: how many messages the stage was sent.
        answered: the stage's last request that was heard.
    """

    draft: Draft
    experiment: Experiment
    theory: Theory
    faults: dict[str, InvalidInput] = field(default_factory=dict)
    variants: tuple[str, ...] = ALL_VARIANTS
    rate_follows_system: bool = False
    adopted: bool = True
    page: str | None = None
    link: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    shown: dict[str, str] = field(default_factory=dict)
    unknown_show: str = ""
    sidebar: object = None
    choices: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, InvalidInput] = field(default_factory=dict)
    fields: ControlledFields = field(default_factory=ControlledFields)
    results: dict[str, tuple[tuple[Any, ...], Any]] = field(default_factory=dict)
    work: Work | None = None
    identity: str = field(default_factory=lambda: uuid4().hex)
    messages: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Inputs:
    """What one run of a page works with.

    Attributes:
        experiment: what the fields amount to.
        theory: of its system.
        faults: what is wrong in the fields, by field.
        programs: the variants that the visitor chose.
        shown: what the page is to show, as its link has it; "" for what it opens with.
    """

    experiment: Experiment
    theory: Theory
    faults: Mapping[str, InvalidInput]
    programs: tuple[Program, ...]
    shown: str


def current() -> Visit:
    """The visit; a new one, at the worked example, if there is none yet."""
    if NAME not in st.session_state:
        st.session_state[NAME] = Visit(draft_of(DEFAULT), DEFAULT, Theory(DEFAULT.system))
    visit: Visit = st.session_state[NAME]
    return visit


def is_new() -> bool:
    """Whether nothing is known of this visitor yet."""
    return NAME not in st.session_state


def inputs() -> Inputs:
    """What the page works with in this run."""
    visit = current()
    return Inputs(
        experiment=visit.experiment,
        theory=visit.theory,
        faults=dict(visit.faults),
        programs=VARIANTS.chosen(visit.variants),
        shown=visit.shown.get(visit.page or "", ""),
    )


def advance(visit: Visit) -> None:
    """Take the visit from its draft to the experiment that the draft amounts to.

    If the learning rate follows A, it keeps alpha lambda_max when A was edited, and the draft is
    given the new rate.
    """
    experiment, visit.faults = read_draft(visit.draft, visit.experiment)
    theory = visit.theory
    if experiment.system != visit.experiment.system:
        theory = Theory(experiment.system)
        if visit.rate_follows_system and not visit.adopted and "lr" not in visit.faults:
            experiment = following(experiment, visit.theory, theory)
            rate = format_number(experiment.learning_rate)
            visit.draft = replace(visit.draft, learning_rate=rate)
    visit.experiment, visit.theory, visit.adopted = experiment, theory, False


def following(experiment: Experiment, former: Theory, theory: Theory) -> Experiment:
    """The experiment with alpha lambda_max as it was on the former system, where that can be."""
    before, now = float(former.curvatures[0]), float(theory.curvatures[0])
    rate = experiment.learning_rate * before / now if now else 0.0
    return replace(experiment, learning_rate=rate) if 0 < rate < inf else experiment
