"""HTML from the templates of `ui/`, and what they share."""

import re
from functools import cache

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from lsedash.tables.html import worded_templates
from lsedash.ui.js import UI


@cache
def coloured(text: str, *, breakable: bool = False) -> Markup:
    """One line of Python as HTML, escaped by Pygments; each token has a class of its kind.

    Args:
        breakable: whether a narrow column may break the line after "." and "(".
    """
    html: str = highlight(text, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    html = html.rstrip("\n")
    if breakable:
        html = re.sub(r'(<span class="[op]">[^<]*[(.]</span>)', r"\1<wbr>", html)
    return Markup(html)


TEMPLATES = worded_templates(UI)
TEMPLATES.filters["coloured"] = coloured


def draw(template: str, **values: object) -> str:
    """Fill in a template.

    Args:
        template: its path below `ui/`, as in "widgets/source.html".
        values: the template's variables, by name.
    """
    return TEMPLATES.get_template(template).render(values)
