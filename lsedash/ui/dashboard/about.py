"""What this is, page by page, and all words: the content of the dialog About."""

from functools import cache

from lsedash.programs.variants import VARIANTS
from lsedash.text.glossary import glossary
from lsedash.text.words import number_word
from lsedash.ui.pages.registry import PAGES
from lsedash.ui.widgets.html import draw


@cache
def about() -> str:
    """The content as HTML; a script fetches it when a visitor opens the dialog or a word."""
    return draw(
        "dashboard/about.html",
        count=number_word(len(VARIANTS)),
        programs=list(VARIANTS),
        pages=PAGES,
        entries=glossary(),
    )
