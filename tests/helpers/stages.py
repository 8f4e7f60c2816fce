"""Experiments for the stage in a browser."""

from dataclasses import replace

from lsedash import Theory
from lsedash.presets import PRESETS

TWO = PRESETS[1].experiment
ONE = PRESETS[2].experiment
FOUR = replace(PRESETS[5].experiment, iterations=300)
EDGE = Theory(TWO.system).critical_learning_rate
