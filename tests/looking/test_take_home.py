"""Scripts and notebooks to take home run without us and print the page's numbers."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.take_home import EXPERIMENTS, TALL, TORCH, WORKED, cases, cells, variants
from lsedash import VARIANTS, compare
from lsedash.looking.take_home import notebook, print_every, printed_lines, script

NUMPY = VARIANTS[0]

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
    golden = json.loads((Path(__file__).parents[1] / "golden" / "article.json").read_text())
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
