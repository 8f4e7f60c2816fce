"""One line of HTML that shows the dashboard, at an experiment, inside another page."""

from collections.abc import Mapping
from pathlib import Path

from lsedash.text.link import query_string
from lsedash.text.templates import templates_in

TEMPLATES = templates_in(Path(__file__).parent)
HEIGHT = 900  # pixels


def snippet(address: str, link: Mapping[str, str]) -> str:
    """The line.

    Args:
        address: of the dashboard's first page, without a query.
        link: the experiment and settings that it opens with.
    """
    query = "&".join(filter(None, [query_string(link), "embed=true"]))
    return TEMPLATES.get_template("embed.html").render(
        address=f"{address.partition('?')[0]}?{query}", height=HEIGHT
    )
