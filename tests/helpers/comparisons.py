"""Comparisons that many tests look at; each is run once."""

from functools import cache

from lsedash import VARIANTS, compare
from lsedash.checking.bits import MOST_POINTS


@cache
def compared(experiment, variants=tuple(VARIANTS)):
    """The comparison of an experiment's programs, with as many points as the dashboard records."""
    return compare(experiment, variants, max_points=MOST_POINTS)
