"""The names on screen of all programs, whatever their kind."""

from lsedash.programs.optimizers import OPTIMIZERS
from lsedash.programs.pitfalls import PITFALLS
from lsedash.programs.replacements import REPLACEMENTS
from lsedash.programs.variants import VARIANTS


def title_of(key: str) -> str:
    """The name of the program with this key; the key itself for a program of somebody else."""
    for catalogue in (VARIANTS, OPTIMIZERS, PITFALLS, REPLACEMENTS):
        if key in catalogue.keys:
            return catalogue.title_of(key)
    return key
