"""One visitor's state: one typed value in the session state, which only `ui.state` writes.

Data flows one way. A widget's callback changes the draft; a run of the page advances the visit
once, from the draft to the experiment; pages are handed the `Inputs` and draw them.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import streamlit as st

from lsedash.computing.job import Job
from lsedash.experiment import Experiment
from lsedash.meaning import Meaning
from lsedash.problem import InvalidInput
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS
from lsedash.text.convention import Spoken, spoken_in
from lsedash.text.fields import ALL_VARIANTS, DEFAULT
from lsedash.text.setting import DEFAULTS, Settings
from lsedash.text.settings import FOLLOWS, LOSS
from lsedash.theory.closed_form import Theory
from lsedash.ui.compat import is_fragment_run
from lsedash.ui.state.brought import Brought
from lsedash.ui.state.draft import Draft, draft_of, read_draft
from lsedash.ui.state.field import ControlledFields
from lsedash.ui.state.following import following, raced_on
from lsedash.ui.state.standing import Standing

Listener = tuple[Callable[[Any], Any], Callable[[Any], None]]
NAME = "visit"  # the key of our one entry in the session state


@dataclass(frozen=True)
class Asked:
    """A result that a page has asked for.

    Attributes:
        key: names the result.
        job: computes it, or has done so.
        began: when it was asked for, in seconds of `perf_counter`.
    """

    key: Hashable
    job: Job
    began: float


@dataclass
class Visit:
    """Everything the server keeps of one visitor.

    Attributes:
        draft: the texts in the fields, valid or not.
        experiment: what the fields describe; an invalid field keeps its last valid value.
        theory: the theory of the experiment's system.
        faults: the faults in the fields, by field.
        variants: the keys of the programs to run.
        meaning: what the columns of A mean, if it is known; as many terms as unknowns.
        adopted: whether a whole experiment, with its own learning rate, came since the last run.
        page: the path of the page that is open.
        link: the link to what the page shows; an opened link that says the same stays as it is.
        as_opened: whether the link has not changed since one was opened.
        written: how many times the link has changed.
        problems: a sentence for each part of the opened link that could not be used.
        unused: these parts, which stay in our links until the next edit.
        decoded: whether the opened link was encoded twice.
        opened: how many times a link was opened, or the visitor went back to the worked example.
        shown: the `show` of each page's link, by the page's path.
        unknown_show: the `show` of the link, if the page does not know it.
        sidebar: what the sidebar showed when it was drawn last.
        texts: the texts of a large system that the browser has: see `ui.state.entries`.
        texts_sent: how many times such texts were sent.
        settings: the pages' own settings.
        refused: texts in the pages' fields that could not be used, with their faults, by key.
        brought: a table that the visitor has brought along, while its dialog is open.
        used: how many tables have become the experiment.
        remark: what is said of the experiment until the next edit.
        notes: faults to be shown until the next edit, by field.
        fields: the controlled fields.
        asked: the results that pages have asked for, by name.
        identity: a text that no other visit has.
        messages: how many different messages were sent to the stage.
        told: what the last of them said.
        heard: the number of the last message that was heard, by the component that said it.
        dropped: what was said last and is no message at all, by the component that said it.
        returns: how many times the line was back after it had broken.
        buttons: what the buttons of the pages do, by key.
        pressed: the buttons that have been pressed since the last run began.
        listeners: what reads a message, and what it does, by its component and its name.
        standings: how far the visitor is with the steps of lessons, by lesson, seed and step.
        wanted: the path of another page that is to be opened; None if none is.
        before: the path of the page that was open before this one.
    """

    draft: Draft
    experiment: Experiment
    theory: Theory
    faults: dict[str, InvalidInput] = field(default_factory=dict)
    variants: tuple[str, ...] = ALL_VARIANTS
    meaning: Meaning | None = None
    adopted: bool = True
    page: str | None = None
    link: dict[str, str] = field(default_factory=dict)
    as_opened: bool = True
    written: int = 0
    problems: tuple[str, ...] = ()
    unused: dict[str, str] = field(default_factory=dict)
    decoded: bool = False
    opened: int = 0
    shown: dict[str, str] = field(default_factory=dict)
    unknown_show: str = ""
    sidebar: object = None
    texts: object = None
    texts_sent: int = 0
    settings: Settings = DEFAULTS
    refused: dict[str, tuple[str, InvalidInput]] = field(default_factory=dict)
    brought: Brought | None = None
    used: int = 0
    remark: str = ""
    notes: dict[str, InvalidInput] = field(default_factory=dict)
    fields: ControlledFields = field(default_factory=ControlledFields)
    asked: dict[str, Asked] = field(default_factory=dict)
    identity: str = field(default_factory=lambda: uuid4().hex)
    messages: int = 0
    told: object = None
    heard: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, Any] = field(default_factory=dict)
    returns: int = 0
    buttons: dict[str, Callable[[], None]] = field(default_factory=dict)
    pressed: set[str] = field(default_factory=set)
    listeners: dict[str, Mapping[str, Listener]] = field(default_factory=dict)
    standings: dict[tuple[str, int, int | None], Standing] = field(default_factory=dict)
    wanted: str | None = None
    before: str = ""


@dataclass(frozen=True)
class Inputs:
    """What one run of a page works with.

    Attributes:
        experiment: the experiment that the fields describe.
        theory: the theory of its system.
        faults: the faults in the fields, by field.
        programs: the variants that the visitor chose.
        page: the path of the page.
        shown: the `show` of the page's link; "" stands for what the page opens with.
        rate_follows_system: whether the learning rate changes with A.
        spoken: the convention for the loss in which rates and losses are read and written.
        linked: whether the address says anything; without it the visitor came to have a first look.
        meaning: what the columns of A mean, if it is known; as many terms as unknowns.
    """

    experiment: Experiment
    theory: Theory
    faults: Mapping[str, InvalidInput]
    programs: tuple[Program, ...]
    page: str
    shown: str
    rate_follows_system: bool
    spoken: Spoken
    linked: bool
    meaning: Meaning | None = None


def current() -> Visit:
    """The visit; a new one at the worked example, its page None, if there is none yet."""
    if NAME in st.session_state:
        visit: Visit = st.session_state[NAME]
        return visit
    visit = Visit(draft_of(DEFAULT), DEFAULT, Theory(DEFAULT.system))
    st.session_state[NAME] = visit
    return visit


def run_again(*, whole: bool = False) -> None:
    """Run the page again, or the whole script.

    A run that was asked for meanwhile, such as one of another page, begins instead: the touch of
    the session state starts it. Streamlit would let ours take its place.
    """
    current()
    st.rerun(scope="fragment" if is_fragment_run() and not whole else "app")


def inputs() -> Inputs:
    """The inputs of the page in this run."""
    visit = current()
    return Inputs(
        experiment=visit.experiment,
        theory=visit.theory,
        faults=dict(visit.faults),
        programs=VARIANTS.chosen(visit.variants),
        page=visit.page or "",
        shown=visit.shown.get(visit.page or "", ""),
        rate_follows_system=visit.settings[FOLLOWS],
        spoken=spoken_in(visit.settings[LOSS], visit.experiment.system.m),
        linked=bool(visit.link),
        meaning=visit.meaning,
    )


def wanted_page() -> str | None:
    """The path of the page that is to be opened instead of this one; None if it stays."""
    return current().wanted


def advance(visit: Visit) -> None:
    """Update the visit to the experiment that its draft describes.

    If the learning rate follows A and A was edited, the rate changes so that alpha lambda_max stays
    the same, and the draft gets the new rate. The rates of the race always follow A.
    """
    convention = visit.settings[LOSS]
    experiment, visit.faults = read_draft(visit.draft, visit.experiment, convention)
    theory = visit.theory
    if experiment.system != visit.experiment.system:
        theory = Theory(experiment.system)
        visit.settings = raced_on(visit.settings, visit.theory, theory)
        if visit.settings[FOLLOWS] and not visit.adopted and "lr" not in visit.faults:
            experiment = following(experiment, visit.theory, theory, convention)
            rate = spoken_in(convention, experiment.system.m).rate_text(experiment.learning_rate)
            visit.draft = replace(visit.draft, learning_rate=rate)
    if not _is_meant(visit, experiment):
        visit.meaning = None
    visit.experiment, visit.theory, visit.adopted = experiment, theory, False


def _is_meant(visit: Visit, experiment: Experiment) -> bool:
    """Whether the visit's meaning is one of this experiment's A.

    It is not if A has got another number of columns, or if the A that it came with was refused.
    """
    was_refused = visit.adopted and not visit.faults.keys().isdisjoint(("A", "b"))
    fits = visit.meaning is not None and len(visit.meaning.terms) == experiment.system.n
    return fits and not was_refused
