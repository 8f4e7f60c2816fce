"""The JavaScript that components share, and how a component's module gets into the browser.

The server serves the modules under their paths below `lsedash/ui`, so that an import means the same
on disk and in the browser. A hash of them all stands before these paths: a browser keeps each file
for good, and what a file imports is of the same version. A component hands Streamlit the text of
`loader`, which fetches the component's module once.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

import streamlit as st

UI = Path(__file__).parent.parent
LOADER = (UI / "js" / "loader.js").read_text(encoding="utf-8")
SERVED = (".js", ".css")  # and the one page that a script fetches; templates are not served
STAGE_PAGE = "stage.html"
CONTENT = "content"  # of the data of a component: see loader.js
IMPORT = re.compile(r'^(?:import|\}) .*?"(\..*?)";$', re.MULTILINE)


def prefix() -> str:
    """The prefix of every path of this server: "" or "/base"."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""


def address(file: Path) -> str:
    """The path at which the server serves a file below `lsedash/ui`."""
    return f"{files()}/ui/{file.relative_to(UI).as_posix()}"


def files() -> str:
    """What stands before the paths of all files that components fetch."""
    return f"{prefix()}/lsedash/{version()}"


@cache
def version() -> str:
    """A hash of all files that components fetch, as they were when the server started."""
    digest = sha256(metadata.version("plotly").encode())
    for file in sorted(path for path in UI.rglob("*") if is_served(path.name)):
        digest.update(file.relative_to(UI).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def is_served(path: str) -> bool:
    """Whether a file with this path or name may be fetched by a browser."""
    return Path(path).suffix in SERVED or Path(path).name == STAGE_PAGE


def loader(module: Path) -> str:
    """The JavaScript of a component that calls a module's `update` and `leave`."""
    return LOADER.replace("MODULE", address(module))


@cache
def component(
    module: Path, *, html: str, style: Path | None = None, name: str = ""
) -> Callable[..., Any]:
    """A component of ours.

    Args:
        module: its JavaScript.
        html: what stands in the page before the module is there; sent with every update.
        style: its style sheet, also sent with every update.
        name: its name, if that is not its module's.
    """
    mount = st.components.v2.component(
        f"lsedash_{name or module.stem}",
        html=html,
        css=style.read_text(encoding="utf-8") if style else None,
        js=loader(module),
        isolate_styles=False,
    )

    def show(*, data: Mapping[str, Any] | None = None, **options: Any) -> Any:
        # Streamlit looks at each value on the first level, whether it is a table; it takes a while.
        return mount(data={CONTENT: data}, **options)

    return show


def with_imports(modules: Iterable[Path]) -> set[Path]:
    """The modules and all modules that they import, directly or not."""
    known: set[Path] = set()
    waiting = set(modules)
    while waiting:
        module = waiting.pop()
        known.add(module)
        names = IMPORT.findall(module.read_text(encoding="utf-8"))
        waiting |= {(module.parent / name).resolve() for name in names} - known
    return known
