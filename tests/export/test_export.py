"""CSV and JSON: what is written reads back to the same floats."""

import csv
import json
from io import StringIO

import numpy as np
import pytest

from lsedash import VARIANTS, Comparison, Experiment, LinearSystem, Theory, compare
from lsedash.export.document import document
from lsedash.export.tables import iterates_csv, losses_csv
from lsedash.text.fields import DEFAULT

GROWING = Experiment(LinearSystem([[50, 0], [0, 1]], [-1, 2]), None, 0.4, 400)
HUGE_START = Experiment(LinearSystem([[1e200]], [0]), [1e200], 0.1, 3)


def refuse(literal: str) -> None:
    raise AssertionError(f"{literal} is not JSON")


def strictly(text: str) -> dict:
    return json.loads(text, parse_constant=refuse)


def written(comparison: Comparison) -> dict:
    theory = Theory(comparison.experiment.system)
    return strictly(json.dumps(document(comparison, theory), allow_nan=False))


def table(text: str) -> tuple[list[str], list[list[str]]]:
    header, *lines = csv.reader(StringIO(text))
    return header, lines


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_losses_read_back_exactly(dtype):
    experiment = Experiment(DEFAULT.system, [1 / 3, 0, -1e-7], 0.1, 50, dtype=dtype)
    comparison = compare(experiment)
    header, lines = table(losses_csv(comparison))
    assert header == ["k", *(variant.key for variant in VARIANTS), "predicted"]
    columns = np.array(lines, dtype=float).T
    assert columns[0].tolist() == list(range(51))
    for key, column in zip(header[1:-1], columns[1:-1], strict=True):
        assert column.tolist() == comparison[key].losses.tolist()
    predicted = Theory(experiment.system).losses(experiment.x0, 0.1, range(51))
    assert columns[-1].tolist() == predicted.tolist()


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_iterates_read_back_exactly(dtype):
    comparison = compare(Experiment(DEFAULT.system, None, 0.1, 20, dtype=dtype))
    header, lines = table(iterates_csv(comparison))
    assert header == ["variant", "k", "loss", "x1", "x2", "x3"]
    for run in comparison.runs:
        mine = np.array([line[1:] for line in lines if line[0] == run.key], dtype=float)
        assert mine[:, 0].tolist() == run.points.tolist()
        assert mine[:, 1].tolist() == run.losses.tolist()
        assert mine[:, 2:].tolist() == run.iterates.astype(float).tolist()


def test_runs_of_different_lengths_leave_cells_empty():
    short, long = (compare(Experiment(DEFAULT.system, None, 0.1, n)).runs[n % 2] for n in (2, 3))
    header, lines = table(losses_csv(Comparison(DEFAULT, (short, long))))
    assert header == ["k", "numpy_by_hand", "torch_autograd", "predicted"]
    assert [line[0] for line in lines] == ["0", "1", "2", "3"]
    assert lines[-1][1] == ""
    assert lines[-1][2] == repr(long.losses[-1].item())


def test_json_holds_the_comparison_exactly():
    comparison = compare(DEFAULT)
    read = written(comparison)
    assert read["experiment"]["A"] == DEFAULT.system.A.tolist()
    assert read["experiment"]["link"] == "?"
    assert read["theory"]["critical_learning_rate"] == Theory(DEFAULT.system).critical_learning_rate
    assert read["verification"]["verified"] is True
    assert [run["variant"] for run in read["runs"]] == list(comparison)
    for run in read["runs"]:
        original = comparison[run["variant"]]
        assert run["status"] == "finished"
        assert run["points"] == original.points.tolist()
        assert run["losses"] == original.losses.tolist()
        assert run["iterates"] == original.iterates.tolist()


def test_json_has_null_where_a_value_is_not_finite():
    flat = written(compare(Experiment(LinearSystem([[0, 0]], [1]), None, 0.1, 2)))
    assert flat["theory"]["critical_learning_rate"] is None
    assert flat["theory"]["modes"] == ["frozen", "frozen"]
    grown = written(compare(GROWING))
    assert {run["status"] for run in grown["runs"]} == {"diverged"}


def test_a_run_without_a_single_finite_point_is_written():
    with np.errstate(over="ignore", invalid="ignore"):
        comparison = compare(HUGE_START)
        assert written(comparison)["runs"][0]["points"] == []
        assert table(losses_csv(comparison))[1] == []
        assert table(iterates_csv(comparison))[1] == []
