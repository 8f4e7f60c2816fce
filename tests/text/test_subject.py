"""What a picture of a chart says about the experiment that it shows."""

from dataclasses import replace

from lsedash import Experiment, LinearSystem
from lsedash.presets import PRESETS, random_system
from lsedash.text.fields import DEFAULT
from lsedash.text.subject import setting, subject


def test_a_small_system_is_written_out_and_the_usual_is_not_said():
    assert setting(DEFAULT) == "A = [1 2 0; 0 1 0; 0 0 1] · b = [1 2 3]"
    unusual = replace(DEFAULT, x0=[0.5, 0, -1 / 3], dtype="float32")
    assert setting(unusual) == f"{setting(DEFAULT)} · x0 = [0.5 0 -0.3333] · float32"


def test_a_large_system_is_named_by_its_preset_or_told_by_its_shape():
    large = random_system(3, m=64, n=64, seed=1)
    assert setting(Experiment(large, None, 0.1, 5)) == "A 64 x 64"
    assert setting(Experiment(large, [1.0] * 64, 0.1, 5)) == "A 64 x 64 · x0 not 0"
    tall = Experiment(LinearSystem([[1]] * 5, [1] * 5), None, 0.1, 5)
    assert setting(tall) == "A 5 x 1"
    (preset,) = [p for p in PRESETS if p.title == "Straight-line fit"]
    system = preset.experiment.system
    assert setting(preset.experiment) == f"Straight-line fit · A {system.m} x {system.n}"


def test_a_chart_of_many_rates_tells_none():
    shown = subject("Losses", DEFAULT)
    assert (shown.rate, shown.iterations, shown.heading) == (None, DEFAULT.iterations, "Losses")
    assert subject("Path", DEFAULT, rate=0.2, own_heading=True).heading == ""
