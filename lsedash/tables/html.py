"""HTML from templates whose words open their meanings."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from lsedash.text.glossary import entry, pieces
from lsedash.text.templates import templates_in

HERE = Path(__file__).parent


@lru_cache(maxsize=1000)
def explained(text: str) -> Markup:
    """A text in which each word of the glossary opens its meaning where it comes first."""
    return Markup(draw("pieces.html", text=text))


def worded_templates(*folders: Path) -> Environment:
    """The templates of some folders and of this one, which have the filters for words."""
    templates = templates_in(*folders, HERE)
    templates.filters |= {"pieces": pieces, "entry": entry, "explained": explained}
    return templates


TEMPLATES = worded_templates()


def draw(template: str, **values: object) -> str:
    """Fill in a template of this folder."""
    return TEMPLATES.get_template(template).render(values)
