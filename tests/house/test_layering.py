"""Who may import whom. A new module under lsedash/ gets its line in HOUSE first."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lsedash

PACKAGE = Path(lsedash.__file__).parent
ROOT = PACKAGE.parent

BASE = {"problem", "notation", "experiment", "variants"}
CORE = BASE | {"link", "presets", "runner", "sweep", "theory", "diagnosis"}
SHOWN = CORE | {"verification"}
SAVED = SHOWN | {"export", "report"}
WHY = {"modes", "geometry", "conditioning", "rounding"}
HOUSE = {  # a module, or a folder as a whole, and what of ours it may import
    "problem": set(),
    "variants": {"problem"},
    "notation": {"problem"},
    "experiment": {"problem", "notation"},
    "presets": BASE,
    "runner": BASE,
    "sweep": BASE | {"runner"},
    "scan": BASE | {"runner", "sweep"},
    "optimizers": BASE,
    "momentum": BASE | {"theory"},
    "tasks": BASE | {"sweep", "theory"},
    "sweep_command": SAVED | {"tasks"},
    "theory": {"problem", "notation", "experiment"},
    "diagnosis": BASE | {"theory"},
    "modes": BASE | {"theory"},
    "geometry": BASE | {"theory"},
    "conditioning": BASE | {"theory", "diagnosis"},
    "rounding": SHOWN,
    "formulas": BASE | {"theory", "diagnosis", "geometry", "rounding"},
    "link": BASE | {"presets"},
    "verification": CORE,
    "export": SHOWN,
    "report": SHOWN | {"export"},
    "pitfalls": SHOWN | {"inspect"},
    "inspect": SHOWN,
    "remarks": SHOWN | {"pitfalls", "inspect"},
    "figures": SHOWN | WHY | {"scan"},
    "__init__": SHOWN,
    "ui": SAVED
    | WHY
    | {"pitfalls", "inspect", "remarks", "scan", "optimizers", "momentum", "figures", "formulas"},
    "server": SAVED | {"ui"},
    "app": SAVED | {"ui", "server"},
    "cli": SAVED | {"sweep_command", "pitfalls", "inspect", "figures", "server"},
    "__main__": {"cli"},
}
STREAMLIT = {"ui", "server", "app"}
PLOTLY = {"figures"}

FILES = sorted(path.relative_to(ROOT) for path in PACKAGE.rglob("*.py"))
files = pytest.mark.parametrize("file", FILES, ids=str)


def place_of(file):
    """The module, or the folder, directly under lsedash/."""
    return file.with_suffix("").parts[1]


def imported(file):
    """The dotted names that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            up = file.parent.parts[: len(file.parent.parts) + 1 - node.level]
            start = ".".join([*(up if node.level else ()), *([node.module] if node.module else [])])
            names |= {f"{start}.{alias.name}" for alias in node.names}
    return names


def ours(file):
    """The modules and folders of ours that a file imports; "" for the package itself."""
    parts = [name.split(".") for name in imported(file)]
    known = HOUSE.keys()
    return {p[1] if len(p) > 1 and p[1] in known else "" for p in parts if p[0] == "lsedash"}


def others(file):
    return {name.split(".")[0] for name in imported(file)}


@files
def test_a_module_imports_only_what_stands_below_it(file):
    place = place_of(file)
    assert place in HOUSE
    assert ours(file) - {place} <= HOUSE[place]


@files
def test_streamlit_stays_in_the_face_and_plotly_in_the_figures(file):
    assert "streamlit" not in others(file) or place_of(file) in STREAMLIT
    assert "plotly" not in others(file) or place_of(file) in PLOTLY


PROGRAMS = [
    file
    for file in FILES
    if file.parent.name in ("variants", "pitfalls", "optimizers")
    and file.stem not in ("__init__", "pitfall", "predictions", "measured")
]


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
def test_a_program_imports_numpy_or_torch_and_nothing_of_ours(file):
    assert others(file) in ({"numpy"}, {"torch"})


def test_prediction_does_not_know_of_measurement():
    assert "runner" not in HOUSE["theory"] | HOUSE["diagnosis"]
    assert "theory" not in HOUSE["runner"]


def test_the_house_has_no_circles():
    rooms = {place: set(below) for place, below in HOUSE.items()}
    while free := {place for place, below in rooms.items() if not below & rooms.keys()}:
        rooms = {place: below for place, below in rooms.items() if place not in free}
    assert rooms == {}


def loaded_after(statements):
    """Which of the large packages an interpreter of its own has loaded after the statements."""
    program = (
        f"{statements}\nimport sys\n"
        "print(*[name for name in ('torch', 'streamlit', 'plotly') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_importing_us_loads_neither_torch_nor_streamlit_nor_plotly():
    assert loaded_after("import lsedash, lsedash.link, lsedash.verification") == []


def test_numpy_by_hand_runs_without_torch():
    run = (
        "from lsedash import *\n"
        "run, = compare(Experiment(LinearSystem([[2]], [1])), VARIANTS[:1]).runs\n"
        "assert run.status == 'finished'\n"
    )
    assert loaded_after(run) == []


def test_the_first_torch_variant_loads_torch():
    assert loaded_after("import lsedash\nlsedash.VARIANTS[1].program") == ["torch"]
