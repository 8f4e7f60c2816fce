"""What a page is."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from lsedash.experiment import Experiment
from lsedash.ui.state.visit import Inputs


def _nothing(_experiment: Experiment) -> None:
    """Most pages need no warming up beyond what the first one does."""


@dataclass(frozen=True)
class Page:
    """One page of the dashboard.

    Attributes:
        title: its name on screen.
        path: where it is in the address; "" for the first page.
        body: draws it; called in every run.
        showable: what its link can ask it to show.
        warm_up: what to compute once, before the first visit; it is given the worked example.
    """

    title: str
    path: str
    body: Callable[[Inputs], None]
    showable: Collection[str] = ()
    warm_up: Callable[[Experiment], object] = _nothing
