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
        body: draws the page; called in every run.
        showable: the values of the link's `show` that the page knows.
    """

    title: str
    path: str
    body: Callable[[Inputs], None]
    showable: Collection[str] = ()
