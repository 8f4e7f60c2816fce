"""The stage's JavaScript and styles as texts for one file. The modules stay as they are on disk."""

import re
from functools import cache
from pathlib import Path

UI = Path(__file__).parent.parent / "ui"
STATIC = UI / "pages" / "descend" / "stage" / "static"
STYLES = (
    UI / "dashboard" / "page.css",
    UI / "widgets" / "guide" / "guide.css",
    STATIC / "stage.css",
    STATIC / "file.css",
)
IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]*)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)
LINE_COMMENT = re.compile(r"^[ ]*//[^\n]*\n", re.MULTILINE)
BLOCK_COMMENT = re.compile(r"/\*\*.*?\*/[ ]?", re.DOTALL)
INDENT = re.compile(r"\n\s+")
RULE = re.compile(r"[^{}]+\{[^{}]*\}")  # of a style sheet
STREAMLIT = re.compile(r'st-key-|data-testid="st[A-Z]|stApp')
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@cache
def content() -> str:
    """What stands in the stage before it is drawn."""
    return (STATIC / "stage.html").read_text(encoding="utf-8")


@cache
def styles() -> str:
    """All styles of the file, but for those of Streamlit's elements."""
    text = STYLE_COMMENT.sub("", "\n".join(file.read_text(encoding="utf-8") for file in STYLES))
    return INDENT.sub("\n", RULE.sub(_of_the_stage, text)).strip()


def _of_the_stage(rule: re.Match[str]) -> str:
    """A rule as it is; "" if it is for an element of Streamlit's."""
    selector, _, _ = rule[0].partition("{")
    return "" if STREAMLIT.search(selector) else rule[0]


@cache
def script() -> str:
    """`file.js` with all modules that it imports, as one module without imports.

    Each imported module becomes a function that is called once and returns what it exports.
    """
    *imported, first = in_order(STATIC / "file.js")
    names = {module: f"module{number}" for number, module in enumerate([*imported, first])}
    wrapped = [
        f"const {names[module]} = (() => {{\n{_body(module, names)}"
        f"return {{ {', '.join(name for _, name in EXPORT.findall(_text(module)))} }};\n}})();\n"
        for module in imported
    ]
    return "".join([*wrapped, _body(first, names)])


def in_order(module: Path) -> list[Path]:
    """A module after all that it imports, directly or not, each once."""
    order: dict[Path, None] = {}

    def add(each: Path) -> None:
        for _, name in IMPORT.findall(_text(each)):
            imported = (each.parent / name).resolve()
            if imported not in order:
                add(imported)
        order[each] = None

    add(module.resolve())
    return list(order)


def _body(module: Path, names: dict[Path, str]) -> str:
    """A module's text, with constants in place of imports and no exports."""

    def constant(match: re.Match[str]) -> str:
        imported = names[(module.parent / match[2]).resolve()]
        return f"const {{{match[1].replace(' as ', ': ')}}} = {imported};\n"

    return EXPORT.sub(r"\1 \2", IMPORT.sub(constant, _text(module)))


@cache
def _text(module: Path) -> str:
    """A module's text without what only its readers need."""
    text = module.read_text(encoding="utf-8")
    return INDENT.sub("\n", BLOCK_COMMENT.sub("", LINE_COMMENT.sub("", text)))
