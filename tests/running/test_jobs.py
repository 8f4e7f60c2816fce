"""Sweeps over many systems: right, in order, not run twice, and not lost with a worker."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lsedash import VARIANTS, Experiment, Theory, compare
from lsedash.commands.main import main
from lsedash.presets import random_system
from lsedash.running import jobs
from lsedash.running.jobs import COLUMNS, RATES_OF_A_TASK, run_task, run_tasks, tasks_of
from lsedash.text.fields import DEFAULT
from lsedash.text.link import query_string, write_link

RATES = np.linspace(0.01, 0.36, 150)
SYSTEMS = [
    Experiment(random_system(3, m=4, n=3, seed=seed), None, 0.1, 80, 1e-2) for seed in range(3)
]


class Counting(ThreadPoolExecutor):
    """Threads that count what they are asked to do."""

    asked = 0

    def submit(self, *arguments):
        self.asked += 1
        return super().submit(*arguments)


def run_all(tasks, kept):
    with Counting(2) as executor:
        found = dict(run_tasks(tasks, executor, kept))
    return [found[number] for number in range(len(tasks))], executor.asked


def test_a_sweep_is_cut_system_by_system_in_the_order_of_the_rates():
    tasks = tasks_of(SYSTEMS, RATES)
    assert [task.system for task in tasks] == [0] * 3 + [1] * 3 + [2] * 3
    assert [len(task.learning_rates) for task in tasks[:3]] == [
        RATES_OF_A_TASK,
        RATES_OF_A_TASK,
        22,
    ]
    assert [rate for task in tasks[:3] for rate in task.learning_rates] == RATES.tolist()
    assert len({task.file for task in tasks}) == len(tasks)


def test_each_row_is_what_a_program_does_at_that_rate():
    experiment = SYSTEMS[0]
    theory = Theory(experiment.system)
    rates = tuple(np.array([0.1, 0.5, 0.9, 1.1]) * theory.critical_learning_rate)
    rows = run_task(tasks_of([experiment], rates)[0])
    for row, rate in zip(rows, rates, strict=True):
        values = dict(zip(COLUMNS, row, strict=True))
        alone = replace(experiment, learning_rate=float(rate), tolerance=None)
        (run,) = compare(alone, VARIANTS[:1]).runs
        assert values["learning_rate"] == rate
        assert values["loss"] == pytest.approx(run.losses[-1], rel=1e-12)
        assert values["gap"] == pytest.approx(values["predicted_gap"], rel=1e-9, abs=1e-15)
        (stopped,) = compare(replace(alone, tolerance=1e-2), VARIANTS[:1]).runs
        if stopped.status == "converged":
            assert values["iterations_to_tolerance"] == stopped.last_point
        else:
            assert np.isnan(values["iterations_to_tolerance"])


def test_a_tolerance_is_reached_when_theory_says():
    rows = np.vstack([run_task(task) for task in tasks_of(SYSTEMS, RATES)])
    measured, predicted = rows[:, 4], rows[:, 5]
    both = np.isfinite(measured) & np.isfinite(predicted)
    assert both.sum() > 50
    assert np.abs(measured[both] - predicted[both]).max() <= 1


def test_what_was_finished_is_not_run_again(tmp_path):
    tasks = tasks_of(SYSTEMS, RATES)
    first, asked = run_all(tasks[:5], tmp_path)
    assert asked == 5
    again, asked = run_all(tasks, tmp_path)
    assert asked == 4
    for ours, theirs in zip(first, again, strict=False):
        np.testing.assert_array_equal(ours, theirs)


def test_another_computation_is_not_taken_for_a_finished_one(tmp_path):
    run_all(tasks_of(SYSTEMS, RATES), tmp_path)
    longer = [replace(experiment, iterations=81) for experiment in SYSTEMS]
    _, asked = run_all(tasks_of(longer, RATES), tmp_path)
    assert asked == 9


def test_what_another_version_has_kept_is_not_taken(tmp_path, monkeypatch):
    tasks = tasks_of(SYSTEMS[:1], RATES)
    run_all(tasks, tmp_path)
    monkeypatch.setattr(jobs, "VERSION", jobs.VERSION + 1)
    _, asked = run_all(tasks, tmp_path)
    assert asked == 3


class Failing(ThreadPoolExecutor):
    """The first so many tasks fail, as where a worker ends while its result is fetched."""

    def __init__(self, failures):
        super().__init__(1)
        self.failures = failures

    def submit(self, function, *arguments):
        self.failures -= 1
        return super().submit(fail if self.failures >= 0 else function, *arguments)


def fail(*_arguments):
    raise ValueError("too many values to unpack")


def test_a_task_that_fails_once_is_run_again(tmp_path):
    tasks = tasks_of([DEFAULT], RATES)
    with Failing(2) as executor:
        rows = dict(run_tasks(tasks, executor, tmp_path))
    assert sorted(rows) == list(range(len(tasks)))
    np.testing.assert_array_equal(rows[0], run_task(tasks[0]))


def test_a_task_that_fails_twice_ends_the_sweep(tmp_path):
    tasks = tasks_of([DEFAULT], RATES)
    with Failing(2 * len(tasks)) as executor, pytest.raises(ValueError, match="too many values"):
        list(run_tasks(tasks, executor, tmp_path))


def test_half_a_file_is_none(tmp_path):
    tasks = tasks_of(SYSTEMS[:1], RATES)
    (tmp_path / tasks[0].file).write_bytes(b"half")
    _, asked = run_all(tasks, tmp_path)
    assert asked == 3


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_command_writes_a_line_for_each_system_and_rate(tmp_path, form, capsys):
    links = tmp_path / "links.txt"
    lines = [f"https://example.org/?{query_string(write_link(e))}" for e in SYSTEMS]
    links.write_text("\n\n".join(lines), encoding="utf-8")
    out = tmp_path / f"sweep.{form}"
    given = ["sweep", "--rates", "0.01:0.36:150", "--systems", str(links), "--out", str(out)]
    assert main([*given, "--jobs", "2"]) == 0
    table = pd.read_csv(out) if form == "csv" else pd.read_parquet(out)
    assert list(table.columns) == ["system", "link", *COLUMNS]
    assert table["system"].tolist() == [0] * 150 + [1] * 150 + [2] * 150
    rows = np.vstack([run_task(task) for task in tasks_of(SYSTEMS, RATES)])
    np.testing.assert_array_equal(table[list(COLUMNS)].to_numpy(), rows)
    assert "9/9" in capsys.readouterr().err
    assert not out.with_name(f"{out.name}.kept").exists()


def test_options_go_before_the_links(tmp_path):
    out = tmp_path / "sweep.csv"
    given = ["sweep", "--rates", "0.001:1:7", "--log", "--iterations", "20", "--out", str(out)]
    assert main(given) == 0
    table = pd.read_csv(out)
    np.testing.assert_allclose(table["learning_rate"], np.geomspace(0.001, 1, 7))
    losses = [
        compare(replace(DEFAULT, learning_rate=rate, iterations=20), VARIANTS[:1])
        .runs[0]
        .losses[-1]
        for rate in table["learning_rate"]
    ]
    np.testing.assert_allclose(table["loss"], losses, rtol=1e-12)


WRONG = {
    "0.1:0.2": "--rates must be FROM:TO:COUNT",
    "0.1:0.2:0": "1 or more; it is 0",
    "0.1:0.2:2.5": "1 or more; it is 2.5",
    "0:1:5": "--rates must be positive",
    "a:1:5": "'a' is not a number",
}


@pytest.mark.parametrize(("rates", "message"), WRONG.items())
def test_rates_that_are_none_get_one_sentence(rates, message, tmp_path, capsys):
    assert main(["sweep", "--rates", rates, "--out", str(tmp_path / "a.csv")]) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_table_of_another_kind_and_a_missing_file_get_one_sentence(tmp_path, capsys):
    given = ["sweep", "--rates", "0.1:0.2:3", "--out"]
    assert main([*given, str(tmp_path / "a.xls")]) == 2
    assert "--out must end in .csv or .parquet" in capsys.readouterr().err
    assert main([*given, str(tmp_path / "a.csv"), "--systems", str(tmp_path / "none")]) == 2
    assert "cannot be read as text" in capsys.readouterr().err


def test_wrong_numbers_of_workers_and_wrong_lines_get_one_sentence(tmp_path, capsys):
    given = ["sweep", "--rates", "0.1:0.2:3", "--out", str(tmp_path / "a.csv")]
    assert main([*given, "--jobs", "0"]) == 2
    assert "--jobs must be 1 or more; it is 0" in capsys.readouterr().err
    links = tmp_path / "links.txt"
    links.write_text("?lr=0.2\n\n?A=1;x\n", encoding="utf-8")
    assert main([*given, "--systems", str(links)]) == 2
    assert "--systems, line 3: A, row 2, column 1: 'x' is not a number" in capsys.readouterr().err


def test_what_another_sweep_has_kept_is_left_alone(tmp_path):
    out = tmp_path / "a.csv"
    kept = tmp_path / "a.csv.kept"
    kept.mkdir()
    (kept / "other.npy").write_bytes(b"hours of work")
    assert main(["sweep", "--rates", "0.1:0.2:3", "--out", str(out)]) == 0
    assert [file.name for file in kept.iterdir()] == ["other.npy"]
