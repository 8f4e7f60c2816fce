"""The table of runs, read cell by cell."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.first_page import RESULTS
from helpers.markup import records
from lsedash import VARIANTS, Theory, compare
from lsedash.checking.verification import verify
from lsedash.running.run import Comparison
from lsedash.tables.runs_table import runs_table
from lsedash.tables.table import table_html
from lsedash.text.fields import DEFAULT


def rows_of(comparison):
    theory = Theory(comparison.experiment.system)
    table = runs_table(comparison, theory, verify(comparison, theory))
    return records(table_html(table), RESULTS)


@pytest.mark.parametrize("microseconds", [0.4, 20.0, 1234.5])
def test_the_pace_is_in_microseconds_for_each_point(microseconds):
    ran = compare(DEFAULT, VARIANTS[:2])
    timed = [replace(run, pace=microseconds * 1e-6) for run in ran.runs]
    for row in rows_of(Comparison(DEFAULT, tuple(timed))):
        told = float(row["Processor time per iteration, µs (median)"])
        assert told == pytest.approx(microseconds, rel=5e-3)


def test_each_row_tells_its_program_how_it_ended_and_where():
    ran = compare(DEFAULT)
    limit = Theory(DEFAULT.system).descent_limit(DEFAULT.x0)
    for variant, run, row in zip(VARIANTS, ran.runs, rows_of(ran), strict=True):
        assert row["Program"].endswith(variant.title)
        assert row["Status"] == "finished"
        assert float(row["Final loss"]) == pytest.approx(run.losses[-1], rel=1e-3)
        away = np.linalg.norm(run.iterates[-1] - limit)
        assert float(row["Distance to limit"]) == pytest.approx(away, rel=1e-2)
