"""The texts of the programs, without their docstrings."""

import pytest

from lsedash import VARIANTS
from lsedash.programs.pitfalls import PITFALLS

PROGRAMS = [*VARIANTS, *PITFALLS]
programs = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.key)


def behind_docstring(source):
    """The lines behind a docstring of one line and the empty one that follows it."""
    first, empty, *rest = source.splitlines()
    assert first.startswith('"""')
    assert first.endswith('"""')
    assert empty == ""
    return rest
