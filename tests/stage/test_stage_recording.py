"""What a file has of the runs: all that the page is told, to the last bit, and little of it."""

import json
import zlib
from base64 import b64decode, b64encode

import numpy as np
import pytest

from helpers.comparisons import compared
from lsedash import VARIANTS, Experiment, LinearSystem, Theory
from lsedash.checking.verification import verify
from lsedash.checking.verified import Verified
from lsedash.figures.view import View, kinds
from lsedash.presets import PRESETS
from lsedash.stage.packed import unpacked
from lsedash.stage.payload import payload
from lsedash.stage.recorded import torch_version
from lsedash.stage.recording import recording
from lsedash.text.convention import OURS, spoken_in

NUMBERS = ("points", "places", "losses", "apartPoints", "apart")
PAYLOAD = 40 * 1024  # bytes, compressed


def checked(experiment, variants=tuple(VARIANTS)):
    comparison = compared(experiment, variants)
    return Verified(comparison, verify(comparison, Theory(experiment.system)))


def inflated(text):
    return zlib.decompress(b64decode(text))


def columns_of(stored, shapes):
    """The columns as the browser reads them."""
    bytes_ = np.frombuffer(inflated(stored), np.uint8).reshape(8, -1).T
    words, columns, start = np.ascontiguousarray(bytes_).view(np.uint64).ravel(), [], 0
    for length, first in shapes:
        column = words[start : start + length].copy()
        column = column ^ columns[first] if first >= 0 else np.bitwise_xor.accumulate(column)
        columns.append(column)
        start += length
    return [column.view(float) for column in columns]


def packed_again(numbers, columns):
    """Columns side by side, as the page is told their numbers."""
    if numbers is None:
        return None
    values = np.column_stack([columns[number] for number in numbers])
    return b64encode(values.tobytes()).decode()


def messages(stored):
    """By kind of view what the stage of a file is told, as the page is told it."""
    told = json.loads(inflated(stored["told"]))
    columns = columns_of(stored["numbers"], told["columns"])
    whole = {}
    for kind, changes in told["views"].items():
        message = told["message"] | changes
        pairs = zip(told["message"]["runs"], changes["runs"], strict=True)
        message["runs"] = [run | changed for run, changed in pairs]
        for run in message["runs"]:
            run |= {key: packed_again(run[key], columns) for key in NUMBERS}
        message["ks"] = packed_again(message["ks"], columns)
        lines = packed_again(message["path"]["lines"], columns)
        message["path"] = message["path"] | {"lines": lines}
        whole[kind] = message
    return whole


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_the_file_has_every_view_to_the_bit_of_the_page_in_at_most_40_kb(preset):
    runs, theory = checked(preset.experiment), Theory(preset.experiment.system)
    n = preset.experiment.system.n
    stored = recording(runs, View())
    assert sum(len(b64decode(part)) for part in stored.values()) <= PAYLOAD
    told = messages(stored)
    assert set(told) == set(kinds(n))
    for kind, message in told.items():
        page = payload(runs, theory, View(kind).fitted(n), message["rate"])
        page["view"]["fixed"] = True
        assert {key: message[key] for key in page} == json.loads(json.dumps(page))


def test_the_stamp_says_what_ran_with_which_torch_and_how_well_it_agreed():
    stored = recording(checked(PRESETS[0].experiment), View())
    said = messages(stored)["coordinates"]["recorded"]
    torch = f"with torch {torch_version()}"
    assert said.startswith(f"the five programs ran at α = 0.1 {torch} and agreed to ")
    assert float(said.rpartition(" ")[2]) < 1e-14
    alone = recording(checked(PRESETS[0].experiment, tuple(VARIANTS)[:1]), View())
    said = messages(alone)["coordinates"]["recorded"]
    assert said.startswith("the only program ran at α = 0.1 and agreed to ")


def test_rates_and_losses_are_those_of_the_course():
    experiment = PRESETS[0].experiment
    m = experiment.system.m
    ours, theirs = (
        messages(recording(checked(experiment), View(), None, spoken))["coordinates"]
        for spoken in (OURS, spoken_in("mean", m))
    )
    assert ours["rate"]["text"] == "0.1"
    assert float(theirs["rate"]["text"]) == pytest.approx(0.1 * m / 2)
    spoken, own = (unpacked(told["runs"][0]["losses"]) for told in (theirs, ours))
    assert spoken == pytest.approx(own * 2 / m)


def test_a_run_without_a_point_is_recorded_too():
    beyond = Experiment(LinearSystem([[1e15]], [1e15]), [-1e15], dtype="float32")
    told = json.loads(inflated(recording(checked(beyond), View())["told"]))
    assert [run["points"] for run in told["message"]["runs"]] == [[0]] * len(VARIANTS)
    assert told["columns"][0][0] == 0
