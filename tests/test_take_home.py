"""Scripts and notebooks to take home: they run without us and print the page's numbers."""

import ast
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lsedash import VARIANTS, Experiment, LinearSystem, compare
from lsedash.inspect.export import notebook, print_every, printed_lines, script

RNG = np.random.default_rng(11)
A, b, X0 = RNG.standard_normal((4, 3)), RNG.standard_normal(4), RNG.standard_normal(3)
WORKED = Experiment(LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3]))
TALL = Experiment(LinearSystem(A, b), X0, 0.1 / 3, 137)
WIDE = RNG.standard_normal((7, 40))
EXPERIMENTS = {
    "worked": WORKED,
    "worked, float32": replace(WORKED, dtype="float32"),
    "4 x 3": TALL,
    "4 x 3, float32": replace(TALL, dtype="float32"),
    "with a tolerance": replace(WORKED, tolerance=1 / 3, learning_rate=0.3),
    "with a tolerance, float32": replace(
        WORKED, tolerance=1 / 3, learning_rate=0.3, dtype="float32"
    ),
    "a tolerance of 0 that is reached": Experiment(
        LinearSystem([[1]], [1]), [1], 0.5, 10, tolerance=0
    ),
    "growing": replace(TALL, learning_rate=1.0, iterations=50),
    "not finite in the end": replace(TALL, learning_rate=1e3, iterations=100),
    "not finite in the end, float32": replace(
        TALL, learning_rate=1e3, iterations=100, dtype="float32"
    ),
    "not finite at the start": Experiment(LinearSystem([[1e200]], [0]), [1e200], 0.1, 3),
    "not a number at the start": Experiment(
        LinearSystem([[1e200, -1e200]], [0]), [1e200, 1e200], 0.1, 3
    ),
    "no iteration": replace(TALL, iterations=0),
    "one iteration": replace(TALL, iterations=1),
    "7 x 40": Experiment(LinearSystem(WIDE, WIDE[:, 0]), RNG.standard_normal(40), 1e-3, 30),
}
NUMPY = VARIANTS[0]
TORCH = [variant for variant in VARIANTS if "import torch" in variant.source]

# Runs programs, each of some cells with names of their own, where some modules cannot be imported.
ALONE = """
import io, json, sys
from contextlib import redirect_stdout
missing, programs = json.load(sys.stdin)
for module in missing:
    sys.modules[module] = None
printed = []
for cells in programs:
    place = {"__name__": "__main__"}
    with redirect_stdout(io.StringIO()) as out:
        for cell in cells:
            exec(compile(cell, "taken home", "exec"), place)
    printed.append(out.getvalue())
print(json.dumps(printed))
"""

variants = pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.key)
cases = pytest.mark.parametrize("case", EXPERIMENTS)


def cells(text):
    """The code of a notebook, cell by cell."""
    found = json.loads(text)["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]


def run_alone(programs, missing, folder):
    """What the programs print in an interpreter of their own, where warnings are errors."""
    # but for what NumPy says of numbers that leave the floats: the page tells of that too
    left = ["ignore:overflow:RuntimeWarning", "ignore:invalid value:RuntimeWarning"]
    flags = [part for action in ("error", *left) for part in ("-W", action)]
    done = subprocess.run(
        [sys.executable, "-I", *flags, "-c", ALONE],
        input=json.dumps([missing, programs]),
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What script and notebook print, by variant and experiment."""
    result, folder = {}, tmp_path_factory.mktemp("home")
    for group, missing in ([NUMPY], ["lsedash", "torch"]), (TORCH, ["lsedash"]):
        names = [(variant, case) for variant in group for case in EXPERIMENTS]
        made = [
            program
            for variant, case in names
            for program in (
                [script(variant, EXPERIMENTS[case])],
                cells(notebook(variant, EXPERIMENTS[case])),
            )
        ]
        texts = run_alone(made, missing, folder)
        pairs = zip(texts[::2], texts[1::2], strict=True)
        result |= {(v.key, case): p for (v, case), p in zip(names, pairs, strict=True)}
    return result


def page_of(variant, experiment):
    """What the page has of the same run: its lines, and x if it came to an end."""
    run = compare(experiment, [variant])[variant.key]
    lines = list(printed_lines(run, experiment))
    if run.status != "diverged":
        lines.append(f"x = {run.iterates[-1]}")
    return "".join(f"{line}\n" for line in lines)


# --- it prints what the page shows


@cases
@variants
def test_script_and_notebook_print_what_the_page_shows(variant, case, printed):
    from_script, from_notebook = printed[variant.key, case]
    assert from_script == page_of(variant, EXPERIMENTS[case])
    assert from_notebook == from_script


@variants
def test_every_printed_number_is_the_runs(variant, printed):
    run = compare(TALL, [variant])[variant.key]
    *lines, last = printed[variant.key, "4 x 3"][0].splitlines()
    points = [*range(0, 137, 10), 137]
    assert lines == [f"iter {k} -- loss: {run.losses[k]:.3e}" for k in points]
    x = np.array(last.removeprefix("x = [").removesuffix("]").split(), dtype=float)
    np.testing.assert_allclose(x, run.iterates[137], rtol=1e-7)


@variants
def test_the_articles_lines_are_among_those_of_the_worked_example(variant, printed):
    golden = json.loads(Path(__file__).with_name("golden").joinpath("article.json").read_text())
    (case,) = [
        case
        for case in golden["cases"]
        if (case["system"], case["learning_rate"]) == ("worked example", 0.1)
    ]
    losses = case["variants"][variant.key]["loss"]
    lines = printed[variant.key, "worked"][0].splitlines()
    article = [f"iter {k} -- loss: {losses[str(k)]:.3e}" for k in (0, 10, 20, 30, 50)]
    assert [line for line in lines if line in article] == article


@variants
def test_a_run_that_converges_prints_its_last_point_and_stops(variant, printed):
    experiment = EXPERIMENTS["with a tolerance"]
    free = compare(replace(experiment, tolerance=None), [variant])[variant.key].losses
    first = int(np.flatnonzero(free <= 1 / 3)[0])
    *lines, last = printed[variant.key, "with a tolerance"][0].splitlines()
    assert 0 < first < 50
    assert lines[-1] == f"iter {first} -- loss: {free[first]:.3e}"
    assert last.startswith("x = ")


@variants
def test_a_run_that_does_not_stay_finite_says_where_and_prints_no_x(variant, printed):
    losses = compare(EXPERIMENTS["not finite in the end"], [variant])[variant.key].losses
    text = printed[variant.key, "not finite in the end"][0]
    assert 5 < len(losses) < 100
    assert text.splitlines()[-1] == f"no longer finite at iteration {len(losses)}"
    assert "x =" not in text
    for case in ("not finite at the start", "not a number at the start"):
        assert printed[variant.key, case][0] == "no longer finite at iteration 0\n"


def test_a_script_that_is_saved_and_started_prints_the_same(tmp_path, printed):
    file = tmp_path / "descend.py"
    file.write_text(script(NUMPY, WORKED), encoding="utf-8")
    command = [sys.executable, "-I", "-W", "error", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == printed[NUMPY.key, "worked"][0]


# --- what stands in it


@cases
@variants
def test_the_experiments_numbers_stand_in_it_to_the_bit(variant, case):
    experiment = EXPERIMENTS[case]
    place = {"np": np}
    with np.errstate(over="ignore"):
        exec(cells(notebook(variant, experiment))[2], place)
    given = experiment.arguments()
    for name, array in zip(("A", "b", "x0"), given, strict=False):
        assert place[name].dtype == array.dtype
        assert place[name].shape == array.shape
        assert place[name].tobytes() == array.tobytes()
    assert (place["learning_rate"], place["iterations"]) == given[3:]


@variants
def test_it_imports_numpy_and_what_the_variant_needs(variant):
    needs = ["import numpy as np"] + (["import torch"] if variant in TORCH else [])
    for text in (script(variant, WORKED), "\n".join(cells(notebook(variant, WORKED)))):
        imports = [
            n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Import | ast.ImportFrom)
        ]
        assert [ast.unparse(node) for node in imports] == needs
        assert "lsedash" not in text


@variants
def test_the_variants_program_stands_in_it_line_by_line(variant):
    tree = ast.parse(variant.source)
    lines = variant.source.splitlines()
    first = next(n for n in tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef)).lineno
    program = "\n".join(lines[first - 1 :])
    assert f"\n\n\n{program}\n" in script(variant, WORKED)
    assert cells(notebook(variant, WORKED))[1] == program


@variants
def test_a_script_tells_what_it_is_and_what_it_needs(variant):
    told = ast.get_docstring(ast.parse(script(variant, WORKED)))
    assert told.startswith(f"{variant.title}: {variant.lesson}\n")
    assert "A = 1 2 0;0 1 0;0 0 1\n" in told
    assert "b = 1 2 3\n" in told
    assert ("torch" in told.splitlines()[-1]) == (variant in TORCH)
    assert "A = 7 x 40, below\n" in ast.get_docstring(
        ast.parse(script(variant, EXPERIMENTS["7 x 40"]))
    )


@cases
@variants
def test_a_notebook_is_a_valid_one(variant, case):
    text = notebook(variant, EXPERIMENTS[case])
    document = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(document)
    assert (document.nbformat, document.nbformat_minor) == (4, 5)
    assert [cell.cell_type for cell in document.cells] == ["markdown"] + ["code"] * 4
    assert len({cell.id for cell in document.cells}) == 5
    assert document.cells[0].source.startswith(f"# {variant.title}\n")


# --- how much is printed


def points_printed(iterations, every):
    """The points that a loop over all of them would print."""
    multiples = len(range(0, iterations + 1, every))
    return multiples + (iterations % every != 0)


@given(st.integers(0, 10**12))
@example(20)
@example(21)
@example(40)
@example(41)
@example(100)
@example(101)
@example(200)
@example(201)
@example(2 * 10**9)
@example(2 * 10**9 + 1)
def test_at_most_21_lines_are_printed_in_the_smallest_step_of_1_2_or_5(iterations):
    every = print_every(iterations)
    assert type(every) is int
    steps = [digit * 10**power for power in range(13) for digit in (1, 2, 5)]
    fitting = [step for step in steps if iterations <= 20 * step]
    assert every == fitting[0]
    assert points_printed(iterations, every) <= 21


@pytest.mark.parametrize(
    ("iterations", "every"), [(0, 1), (1, 1), (20, 1), (21, 2), (50, 5), (137, 10), (1000, 50)]
)
def test_the_step_for_some_numbers_of_iterations(iterations, every):
    assert print_every(iterations) == every


@given(st.integers(0, 300))
def test_the_page_prints_the_first_and_the_last_point_of_a_run_that_ends(iterations):
    experiment = replace(WORKED, iterations=iterations)
    run = compare(experiment, [NUMPY])[NUMPY.key]
    lines = list(printed_lines(run, experiment))
    assert lines[0] == "iter 0 -- loss: 7.000e+00"  # half of 1 + 4 + 9
    assert lines[-1] == f"iter {iterations} -- loss: {run.losses[-1]:.3e}"
    assert len(lines) == points_printed(iterations, print_every(iterations))


def test_the_page_prints_no_last_point_of_a_run_that_was_stopped():
    experiment = replace(WORKED, iterations=50)
    run = compare(experiment, [NUMPY])[NUMPY.key]
    stopped = replace(run, points=run.points[:13], losses=run.losses[:13], status="stopped")
    ks = [line.split()[1] for line in printed_lines(stopped, experiment)]
    assert ks == ["0", "5", "10"]


def test_a_long_run_that_was_thinned_still_has_all_the_points_that_are_printed():
    experiment = replace(WORKED, iterations=20_000)  # the most that the dashboard takes
    run = compare(experiment, [NUMPY])[NUMPY.key]
    ks = [int(line.split()[1]) for line in printed_lines(run, experiment)]
    assert len(run.points) < 20_001
    assert ks == [*range(0, 20_001, 1000)]
