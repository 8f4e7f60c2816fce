"""The type of a page."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from lsedash.ui.state.visit import Inputs


@dataclass(frozen=True)
class Page:
    """One page of the dashboard.

    Attributes:
        title: the page's name on screen.
        path: the page's path in the address; "" for the first page.
        sentence: what the page shows, in plain words.
        body: draws the page; called in every run.
        showable: the values of the link's `show` that the page knows.
        content: what the page's first link skips to.
        has_results: whether its body shows what programs did or theory predicts; it is not drawn
            while a lesson's question waits for its answer.
    """

    title: str
    path: str
    sentence: str
    body: Callable[[Inputs], None]
    showable: Collection[str] = ()
    content: str = "the page"
    has_results: bool = True
