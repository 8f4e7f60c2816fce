"""Tables as people and programs write them are read right or asked about, never silently wrong."""

from math import nan

import numpy as np
from hypothesis import HealthCheck, Phase, event, given, settings

from helpers.written_tables import written_tables
from lsedash.data.reading import read_table


def is_what_was_written(reading, written):
    values = np.array([[nan if v is None else v for v in row] for row in written.values])
    read = reading.table.values
    return read.shape == values.shape and np.allclose(
        read, values, rtol=1e-14, atol=0, equal_nan=True
    )


@settings(
    max_examples=500,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(written_tables())
def test_500_tables_are_read_right_or_asked_about_and_none_is_silently_wrong(written):
    reading = read_table(written.text)
    event(f"asked about: {bool(reading.alternatives)}")
    if reading.alternatives:
        assert any(is_what_was_written(each, written) for each in reading.alternatives)
        return
    assert is_what_was_written(reading, written)
    assert reading.table.labels == written.labels
    if written.titles:
        assert reading.table.names == written.titles
