"""plotly.js as the installed package has it: in the page, beside it, or from its own address."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Literal

from plotly.offline import get_plotlyjs, get_plotlyjs_version

from lsedash.problem import InvalidInput

PlotlyJs = bool | Literal["cdn", "directory"]
FILE = "plotly.min.js"  # beside the page


@dataclass(frozen=True)
class Library:
    """How a page gets plotly.js.

    Attributes:
        script: its text, if it stands in the page.
        address: where it is, if not.
        integrity: a hash of what is there, if it comes from elsewhere.
        source: what a page's policy has to allow.
    """

    script: str
    address: str
    integrity: str
    source: str


def library(plotlyjs: PlotlyJs) -> Library:
    """plotly.js by the conventions of Plotly's own `write_html`.

    Args:
        plotlyjs: True to put it into the page, "cdn" to load it from Plotly's address,
            "directory" to load the file `plotly.min.js` beside the page.

    Raises:
        InvalidInput: it is something else.
    """
    if plotlyjs is True:
        text = get_plotlyjs()
        return Library(text, "", "", hash_source(text))
    if plotlyjs == "cdn":
        address = f"https://cdn.plot.ly/plotly-{get_plotlyjs_version()}.min.js"
        return Library("", address, digest(get_plotlyjs()), address)
    if plotlyjs == "directory":
        return Library("", FILE, "", "'self' file:")
    raise InvalidInput(f'plotlyjs must be True, "cdn" or "directory"; it is {plotlyjs!r}.')


@cache
def digest(text: str) -> str:
    """The hash of a script."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def hash_source(text: str) -> str:
    """What a policy says to allow one script in the page."""
    return f"'{digest(text)}'"
