"""HTML stands in templates, which escape; Python names the few places that need none of it."""

import ast
import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import lsedash
from lsedash.export.notebook import TEMPLATES as EXPORTED
from lsedash.stage.page import TEMPLATES as OF_PAGES
from lsedash.ui.widgets.html import TEMPLATES, draw

PACKAGE = Path(lsedash.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
# Whoever says that a text is HTML already, or escapes one himself, and why.
HTML_ALREADY = {
    "figures/sentence.py",  # reads what Plotly was given, for a screen reader
    "figures/style.py",  # Plotly takes some tags in names for HTML, and no template draws them
    "stage/page.py",  # our own scripts and styles, data as JSON, a page in an attribute
    "tables/html.py",  # a template inside another one
    "ui/widgets/html.py",  # Pygments' output, which is escaped
}
# Texts with tags that are not a page's own: Plotly's line breaks, what is looked for in Streamlit's
# page, and what is looked for in Pygments' output, where a line may break.
OTHER_TAGS = {
    "figures": {"br"},
    "ui/serving/pages.py": {"link", "script"},  # it adds styles to the page
    "ui/widgets/html.py": {"span", "wbr"},
}
TAGS = re.compile(
    r"</?(a|b|br|button|code|div|h\d|i|img|li|link|ol|p|path|pre|script|section|small|span|style"
    r"|svg|table|tbody|td|th|thead|tr|ul|wbr)\b"
)
TEMPLATE_NAMES = [
    (folder, name)
    for folder in (TEMPLATES, EXPORTED, OF_PAGES)
    for name in folder.list_templates()
    if name.endswith((".html", ".svg"))
]


def skeletons(tree):
    """The texts that a component takes as its `html`, by name or as they are."""
    values = [k.value for k in ast.walk(tree) if isinstance(k, ast.keyword) and k.arg == "html"]
    names = {value.id for value in values if isinstance(value, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and {getattr(t, "id", None) for t in node.targets} & names:
            values.append(node.value)
    return {id(part) for value in values for part in ast.walk(value)}


def tags_in(file):
    """The HTML tags in the texts of a Python file, skeletons of components left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    left_out = skeletons(tree)
    return {
        tag
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in left_out
        for tag in TAGS.findall(node.value)
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_python_holds_no_html(file):
    place = file.relative_to(PACKAGE).as_posix()
    allowed = (tags for start, tags in OTHER_TAGS.items() if place.startswith(start))
    assert tags_in(file) <= set().union(*allowed)


def test_only_the_listed_places_say_that_a_text_is_html_already():
    marking = re.compile(r"\bMarkup\b|\bmark_safe\b|__html__|autoescape=False|from html import")
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in FILES
        if marking.search(file.read_text(encoding="utf-8"))
    }
    assert found == HTML_ALREADY


@pytest.mark.parametrize(("folder", "name"), TEMPLATE_NAMES)
def test_a_template_escapes_everything(folder, name):
    template = folder.get_template(name)
    text = Path(template.filename).read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|\{%-?\s*autoescape", text)
    assert template is folder.get_template(name), "compiled once"


def test_a_value_that_a_template_misses_is_an_error_and_no_empty_place():
    with pytest.raises(UndefinedError):
        draw("widgets/source.html", rows=[])
