"""The type of a page."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from lsedash.experiment import Experiment
from lsedash.ui.state.visit import Inputs


def _nothing(_experiment: Experiment) -> None:
    """Warm up nothing: for most pages the warm-up of the first page is enough."""


@dataclass(frozen=True)
class Page:
    """One page of the dashboard.

    Attributes:
        title: the page's name on screen.
        path: the page's path in the address; "" for the first page.
        sentence: what the page shows, in plain words.
        body: draws the page; called in every run.
        showable: the values of the link's `show` that the page knows.
        warm_up: called with the worked example once, before the first visit.
        content: what the page's first link skips to.
    """

    title: str
    path: str
    sentence: str
    body: Callable[[Inputs], None]
    showable: Collection[str] = ()
    warm_up: Callable[[Experiment], object] = _nothing
    content: str = "the page"
