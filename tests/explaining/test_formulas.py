"""Formulas with numbers say what runs and NumPy say, to the digits that are shown."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from helpers.strategies import descents, finite, whole_systems
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.explaining.formulas import PARTS, formulas
from lsedash.explaining.latex import matrix, number, total
from lsedash.presets import PRESETS, hilbert
from lsedash.text.convention import CONVENTIONS, spoken_in
from lsedash.text.fields import DEFAULT

FIT = next(p.experiment for p in PRESETS if p.title == "Straight-line fit")
DEFICIENT = next(p.experiment for p in PRESETS if p.title == "Rank-deficient")
WIDE = next(p.experiment for p in PRESETS if p.title == "Wide")
SOME = [DEFAULT, FIT, DEFICIENT, WIDE, replace(DEFAULT, learning_rate=0.5)]
some = pytest.mark.parametrize("experiment", SOME)


def evaluated(text, **letters):
    """LaTeX of sums and products of numbers and columns, as numbers."""
    text = re.sub(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", _array, text)
    text = text.replace(r"\cdot", "*").replace(r"\,", "*").replace("{", "(").replace("}", ")")
    return eval(text.replace("^", "**").replace("(2k)", "(2*k)"), {"np": np, **letters})


def _array(match):
    rows = [[float(x) for x in row.split("&")] for row in match[1].split(r"\\")]
    return f"np.array({rows})"


def numbers(part, name, experiment):
    (found,) = [
        f for f in formulas(part, Theory(experiment.system), experiment) if f.name.startswith(name)
    ]
    return found.numbers


def measured(experiment):
    (run,) = compare(experiment, VARIANTS[:1]).runs
    return run


@given(finite.filter(lambda value: value == 0 or 1e-290 < abs(value) < 1e300))
def test_a_number_is_right_to_four_digits(value):
    assert evaluated(number(value)) == pytest.approx(value, rel=6e-4)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (np.inf, r"\infty"), (-12.0, "-12"), (1.5e-5, r"1.5\cdot 10^{-5}")],
)
def test_numbers_as_they_are_written(value, text):
    assert number(value) == text


@some
def test_the_loss_formula_gives_the_measured_losses(experiment):
    text = numbers("modes", "Loss", experiment).split(r"\approx")[1]
    run = measured(experiment)
    for k in (0, 1, 2, 5):
        np.testing.assert_allclose(evaluated(text, k=k), run.losses[k], rtol=1e-2)


@some
def test_the_path_formula_gives_the_measured_iterates(experiment):
    text = numbers("prediction", "Iterate", experiment).split(r"\approx")[1]
    run = measured(experiment)
    for k in (0, 1, 2, 5):
        found = evaluated(text, k=k).ravel()
        size = np.abs(run.iterates[: k + 1]).max() + 1
        np.testing.assert_allclose(found, run.iterates[k], atol=1e-2 * size)


@some
def test_the_decomposition_multiplies_to_A(experiment):
    left, right = numbers("modes", "A in", experiment).split(r"\approx")
    U, S, V = (evaluated(part + r"\end{pmatrix}") for part in right.split(r"\end{pmatrix}")[:3])
    np.testing.assert_allclose(evaluated(left), experiment.system.A)
    np.testing.assert_allclose(U @ S @ V, experiment.system.A, atol=5e-3 * np.abs(S).max())


@some
def test_where_descent_ends_is_where_a_long_run_ends(experiment):
    text = numbers("geometry", "Where", experiment).split("=")[-1]
    theory = Theory(experiment.system)
    long = replace(experiment, iterations=3000, learning_rate=theory.optimal_learning_rate)
    np.testing.assert_allclose(
        evaluated(text).ravel(), measured(long).iterates[-1], rtol=1e-3, atol=1e-3
    )


@some
def test_the_residual_formula_adds_up(experiment):
    left, right = numbers("geometry", "The start's", experiment).split(r"\approx")
    system = experiment.system
    np.testing.assert_allclose(
        evaluated(left).ravel(), system.A @ experiment.x0 - system.b, atol=1e-3
    )
    np.testing.assert_allclose(evaluated(right), evaluated(left), atol=5e-3)


@some
def test_pace_and_rates_are_those_of_the_singular_values(experiment):
    S = np.linalg.svd(experiment.system.A, compute_uv=False)
    S = S[S > 1e-10]
    rates = numbers("conditioning", "Largest", experiment).split(r"\approx")
    wanted = 2 / S[0] ** 2, 2 / (S[0] ** 2 + S[-1] ** 2)
    found = evaluated(rates[1].split(",")[0]), evaluated(rates[2])
    np.testing.assert_allclose(found, wanted, rtol=1e-3)
    kappa = numbers("conditioning", "Condition", experiment).split(r"\approx")
    np.testing.assert_allclose(evaluated(kappa[1].split(",")[0]), S[0] / S[-1], rtol=1e-3)


HARD = [
    Experiment(LinearSystem(hilbert(6), np.ones(6)), None, 1.0, 5),
    Experiment(LinearSystem([[1e-4]], [1]), [1e6], 1e7, 5),
    Experiment(LinearSystem([[3e7, 0], [0, 1]], [1, 2]), None, 1e-16, 5),
]


@pytest.mark.parametrize("experiment", [*SOME, *HARD])
def test_curvatures_and_coordinates_are_those_of_numpys_svd(experiment):
    A, b, x0 = experiment.system.A, experiment.system.b, experiment.x0
    S = np.linalg.svd(A, compute_uv=False)
    S = S[S > 1e-10 * S[0]]
    for i, term in enumerate(numbers("modes", "Curvature", experiment).split(r",\quad ")):
        left, squared, curvature = term.split(" = ")
        assert left.startswith(rf"\lambda_{{{i + 1}}}")
        curvature = curvature.removesuffix(r",\ \ldots")
        assert evaluated(squared) == pytest.approx(S[i] ** 2, rel=1e-2)
        assert evaluated(curvature) == pytest.approx(S[i] ** 2, rel=1e-3)
    apart = x0 - np.linalg.lstsq(A, b)[0]
    along = np.abs(np.linalg.svd(A)[2] @ apart)
    for i, term in enumerate(numbers("modes", "Distance", experiment).split(r",\quad ")):
        told = evaluated(term.split("=")[1].removesuffix(r",\ \ldots").replace("^k", "^0"))
        assert abs(told) == pytest.approx(along[i], rel=2e-3, abs=1e-9)


@pytest.mark.parametrize("experiment", [*SOME, *HARD[:1]])
def test_the_pace_is_that_of_a_run_at_the_fastest_rate(experiment):
    S = np.linalg.svd(experiment.system.A, compute_uv=False)
    S = S[S > 1e-10]
    slowest = 2 * S[-1] ** 2 / (S[0] ** 2 + S[-1] ** 2)
    text = numbers("conditioning", "Pace", experiment)
    factor, digit = text.split(r",\qquad \text{iterations per digit} \approx ")
    if slowest == 1:
        assert evaluated(digit) == 1
    else:
        assert evaluated(digit) == pytest.approx(np.log(0.1) / np.log1p(-slowest), rel=1e-3)
    assert evaluated(factor.split(r"\approx")[1]) == pytest.approx(1 - slowest, abs=1e-4)


def test_the_least_loss_and_the_unit_of_rounding_are_told():
    A, b = FIT.system.A, FIT.system.b
    least = np.linalg.lstsq(A, b)[1][0] / 2
    told = numbers("geometry", "Smallest", FIT).split(r"\approx")[1]
    assert evaluated(told) == pytest.approx(least, rel=1e-3)
    for dtype in ("float32", "float64"):
        text = numbers("rounding", "One", replace(DEFAULT, dtype=dtype))
        power, value = text.removeprefix("u = ").split(r"\approx")
        one = np.dtype(dtype).type(1)
        assert (
            one + one * evaluated(power)
            == 1
            < one + one * np.dtype(dtype).type(1.01 * evaluated(power))
        )
        assert evaluated(value) == pytest.approx(evaluated(power), rel=1e-3)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@some
def test_the_digits_to_expect_are_told_as_they_come_about(experiment, dtype):
    one = replace(experiment, dtype=dtype)
    inside, told = numbers("conditioning", "Digits", one).split(r"\approx")
    inside = inside.replace(r"-\log_{10}\left(", "(").replace(r"\right)", ")")
    inside = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", inside)
    assert -np.log10(evaluated(inside)) == pytest.approx(evaluated(told), abs=0.01)
    A, b, x0 = experiment.system.A, experiment.system.b, experiment.x0
    S = np.linalg.svd(A, compute_uv=False)
    S = S[S > 1e-10]
    limit = x0 + np.linalg.pinv(A) @ (b - A @ x0)
    seen = np.linalg.norm(np.linalg.pinv(A) @ b)
    pull = 2 / (S[0] ** 2 + S[-1] ** 2) * S[0] * np.linalg.norm(A @ limit - b)
    unit = float(np.finfo(dtype).eps) / 2
    error = unit * (np.linalg.norm(limit) + pull) * ((S[0] / S[-1]) ** 2 + 1) / 2
    assert evaluated(told) == pytest.approx(-np.log10(error / seen), abs=0.01)


def test_nan_has_no_place_in_a_formula():
    with pytest.raises(ValueError, match="nan"):
        number(np.nan)


def test_a_mode_that_is_gone_in_one_step_has_the_factor_0():
    one = Experiment(LinearSystem([[3]], [1]), None, 1 / 9, 5)
    assert "0^k" in numbers("prediction", "Iterate", one)


def test_a_factor_beside_1_does_not_look_like_1():
    slow = Experiment(LinearSystem([[1]], [1]), None, 1e-6, 5)
    assert r"(1 - 1\cdot 10^{-6})^k" in numbers("prediction", "Iterate", slow)
    edge = Experiment(LinearSystem([[1]], [1]), None, 1.995, 5)
    assert "(-1 + 0.005)^k" in numbers("prediction", "Iterate", edge)


def test_what_is_large_is_not_written_out():
    assert matrix(np.zeros((64, 64))) == r"[64\times 64]"
    assert total(list("abcde")) == r"a + b + c + \cdots \text{ (2 more)}"


@given(descents(whole_systems))
def test_every_formula_can_be_made_of_every_system_but_zero(experiment):
    theory = Theory(experiment.system)
    if theory.rank:
        for part in PARTS:
            for formula in formulas(part, theory, experiment):
                assert formula.name
                assert "}^" not in re.sub(r"\^{2k}|\^{[-\d]+}\)", "", formula.numbers)


@pytest.mark.parametrize("key", CONVENTIONS)
@pytest.mark.parametrize("experiment", [DEFAULT, FIT])
def test_in_each_convention_rates_and_losses_are_those_of_the_course(experiment, key):
    theory, m = Theory(experiment.system), experiment.system.m
    told = {
        f.name[:7]: f
        for part in PARTS
        for f in formulas(part, theory, experiment, spoken_in(key, m))
    }
    factor = {"half-sum": 1, "sum": 2, "mean": 2 / m, "half-mean": 1 / m}[key]
    edge = told["Largest"].numbers.partition(",")[0].partition("\\approx")[2]
    assert evaluated(edge) == pytest.approx(theory.critical_learning_rate / factor, rel=6e-4)
    sides = told["Largest"].numbers.partition("<")[2].partition("\\approx")[0]
    top, bottom = re.findall(r"\{([^{}]*)\}", sides)
    assert float(top) / float(bottom) == pytest.approx(
        theory.critical_learning_rate / factor, rel=2e-3
    )
    losses = factor * measured(experiment).losses
    text = told["Loss af"].numbers.partition("\\approx")[2]
    assert [evaluated(text, k=k) for k in (0, 3)] == pytest.approx(losses[[0, 3]], rel=6e-3)
