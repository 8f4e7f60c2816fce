"""One page with the stage in it: no server, no request, no other file."""

import json
import re
from pathlib import Path

from markupsafe import Markup

from lsedash.checking.verified import Verified
from lsedash.figures.library import PlotlyJs, hash_source, library
from lsedash.figures.view import View
from lsedash.meaning import Meaning
from lsedash.stage import modules
from lsedash.stage.recording import recording
from lsedash.tables.runs_table import runs_table
from lsedash.tables.table import table_html
from lsedash.text.convention import OURS, Spoken
from lsedash.text.glossary import glossary
from lsedash.text.subject import setting
from lsedash.text.templates import templates_in
from lsedash.theory.closed_form import Theory

TEMPLATES = templates_in(Path(__file__).parent)
TERM = re.compile(r'data-term="([^"]*)"|\bterm\("([^"]*)"')


def page_html(
    checked: Verified,
    view: View,
    meaning: Meaning | None = None,
    spoken: Spoken = OURS,
    *,
    plotlyjs: PlotlyJs = True,
) -> str:
    """The page. Only its own two scripts may run in it, and it may ask for nothing.

    Args:
        view: the view that is shown first, fitted to the system.
        plotlyjs: where plotly.js is, as in `library`.
    """
    script, plotly = modules.script(), library(plotlyjs)
    system = setting(checked.comparison.experiment)
    policy = (
        f"default-src 'none'; script-src {hash_source(script)} {plotly.source}; "
        "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    recorded = {
        "content": modules.content(),
        "words": _words(checked, spoken),
        "recording": recording(checked, view, meaning, spoken),
    }
    return TEMPLATES.get_template("page.html").render(
        policy=policy,
        title=f"Gradient descent: {system}",
        styles=Markup(modules.styles()),
        system=system,
        recorded=as_data(recorded),
        library={**vars(plotly), "script": Markup(plotly.script)},
        script=Markup(script),
    )


def frame_html(page: str, height: int) -> str:
    """A frame with the page in it, for a notebook.

    In an attribute only two signs mean something else; to escape all would make it much larger.
    """
    attribute = Markup(page.replace("&", "&amp;").replace('"', "&#34;"))
    return TEMPLATES.get_template("frame.html").render(page=attribute, height=height)


def as_data(value: object) -> Markup:
    """A value as JSON that stands in a script element: no text in it can end the element."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))


def _words(checked: Verified, spoken: Spoken) -> dict[str, str]:
    """The meanings of the words that the page explains."""
    theory = Theory(checked.comparison.experiment.system)
    table = table_html(runs_table(checked.comparison, theory, checked.verdict, spoken))
    said = "".join([modules.script(), modules.content(), table])
    named = {word for pair in TERM.findall(said) for word in pair}
    return {entry.word: entry.meaning for entry in glossary() if entry.word in named}
