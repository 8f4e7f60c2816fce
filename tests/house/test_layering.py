"""Who may import whom. A new module outside the folders of `FLOORS` gets its entry there first."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import lsedash

PACKAGE = Path(lsedash.__file__).parent
ROOT = PACKAGE.parent

# From the ground up: a module imports what stands on lower floors and in its own folder.
FLOORS = (
    ("text.words",),
    ("problem",),
    ("experiment", "meaning"),
    ("presets", "theory", "programs"),
    ("text", "running"),
    ("checking", "looking", "computing", "data"),
    ("explaining", "figures", "export", "lessons"),
    ("tables",),
    ("stage",),
    ("ui.compat", "ui.js"),
    ("ui.state",),
    ("ui.widgets",),
    ("ui.pages",),
    ("ui.dashboard", "ui.serving"),
    ("ui.server", "commands"),
    ("app", "__main__"),
)
# What a module imports beside that, and why it must.
UPWARDS = {
    "programs.program": {"running"},  # PITFALLS[0].run(e): a program runs by itself, for outsiders
    # What a notebook shows of a value, and what a value draws of itself, for outsiders.
    "experiment": {"export", "stage", "meaning"},
    "theory.closed_form": {"export", "figures"},
    "running.run": {"export", "figures"},
    "running.swept": {"figures"},
}
STREAMLIT = {"ui", "app"}
PLOTLY = {"figures"}

FILES = sorted(path.relative_to(ROOT) for path in PACKAGE.rglob("*.py"))
files = pytest.mark.parametrize("file", FILES, ids=str)


def dotted(file):
    """The name of a module inside the package: "ui.state.draft"; "" for the package itself."""
    parts = file.with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module):
    """The entry of `FLOORS` that a module belongs to, the longest there is, or None."""
    rooms = [room for floor in FLOORS for room in floor]
    return max((r for r in rooms if f"{module}.".startswith(f"{r}.")), key=len, default=None)


def floor_of(room):
    return next(number for number, floor in enumerate(FLOORS) if room in floor)


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
    """The rooms of ours that a file imports from."""
    inside = {name.partition(".")[2] for name in imported(file) if name.startswith("lsedash.")}
    return {room_of(name) for name in inside}


def others(file):
    return {name.split(".")[0] for name in imported(file)}


@files
def test_a_module_imports_only_what_stands_below_it(file):
    room = room_of(dotted(file))
    if file.stem == "__init__" and room is None:  # a folder's docstring, or the public names
        return
    assert room is not None
    allowed = {below for floor in FLOORS[: floor_of(room)] for below in floor}
    extra = {up for start, ups in UPWARDS.items() if dotted(file) == start for up in ups}
    assert ours(file) - {room} <= allowed | extra


@files
def test_streamlit_stays_in_the_face_and_plotly_in_the_figures(file):
    place = file.with_suffix("").parts[1]
    assert "streamlit" not in others(file) or place in STREAMLIT
    assert "plotly" not in others(file) or place in PLOTLY


@files
def test_only_one_room_imports_from_the_inside_of_streamlit(file):
    inside = {name for name in imported(file) if name.startswith("streamlit.")}
    assert dotted(file).startswith("ui.compat") or not inside


PROGRAMS = [
    file for file in FILES if file.parent.parent.name == "programs" and file.stem != "__init__"
]


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
def test_a_program_imports_numpy_or_torch_and_nothing_of_ours(file):
    assert others(file)
    assert others(file) <= {"numpy", "torch"}


def test_prediction_and_measurement_meet_only_in_checking():
    by_room = {}
    for file in FILES:
        by_room.setdefault(room_of(dotted(file)), set()).update(ours(file))
    assert "running" not in by_room["theory"]


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
    assert loaded_after("import lsedash, lsedash.text.link, lsedash.checking.verification") == []


def test_numpy_by_hand_runs_without_torch():
    run = (
        "from lsedash import *\n"
        "run, = compare(Experiment(LinearSystem([[2]], [1])), VARIANTS[:1]).runs\n"
        "assert run.status == 'finished'\n"
    )
    assert loaded_after(run) == []


def test_the_first_torch_variant_loads_torch():
    assert loaded_after("import lsedash\nlsedash.VARIANTS['torch_autograd'].program") == ["torch"]


def test_what_a_notebook_shows_needs_neither_torch_nor_streamlit():
    run = (
        "from lsedash import *\n"
        "e = Experiment(LinearSystem([[2]], [1]))\n"
        "c, t = compare(e, VARIANTS[:1]), Theory(e.system)\n"
        "assert all(each._repr_html_() for each in (e, c, c.runs[0], t))\n"
    )
    assert loaded_after(run) == []
    figures = "c.plot_losses(), c.plot_path(), c.plot_disagreement(), t.plot_modes(0.1)\n"
    assert loaded_after(f"{run}{figures}sweep(e, [0.1, 0.2]).plot()") == ["plotly"]


def test_the_map_in_contributing_is_the_table():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (block,) = [part for part in text.split("```") if "\nproblem\n" in part]
    assert [tuple(line.split(", ")) for line in block.strip().splitlines()] == list(FLOORS)


def test_the_reading_order_in_the_readme_goes_up_and_leaves_no_folder_out():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition("## Reading the code")[2].partition("\n## ")[0]
    steps = re.findall(r"^\d\. (.*(?:\n   .*)*)", section, re.MULTILINE)
    named = [re.findall(r"`lsedash/([\w/]+?)(?:\.py|/)?`", step) for step in steps]
    names = {name for step in named for name in step}
    assert all((PACKAGE / name).exists() or (PACKAGE / f"{name}.py").exists() for name in names)
    assert names == {room.split(".")[0] for floor in FLOORS for room in floor} - {"app", "__main__"}
    floors = [min(floor_of(lowest(name)) for name in step) for step in named]
    assert floors == sorted(floors)


def lowest(name):
    """The lowest room of a module or folder that is more than words, on which all stand."""
    rooms = [room for floor in FLOORS for room in floor if room != "text.words"]
    return next(room for room in rooms if f"{room}.".startswith(f"{name}."))
