"""What every pitfall promises."""

import ast
import re
import warnings
from dataclasses import replace
from pathlib import Path

import torch

import lsedash.programs.pitfalls
from helpers.pitfalls import EVERY, STARTED, bits
from lsedash import Run, compare
from lsedash.looking.listing import difference
from lsedash.programs.pitfalls import PITFALLS
from lsedash.text.fields import DEFAULT
from lsedash.theory.pitfalls import predict


def test_there_are_many_of_them_each_with_a_name_of_its_own():
    assert len(PITFALLS) >= 16
    for attribute in ("key", "title"):
        assert len({getattr(pitfall, attribute) for pitfall in PITFALLS}) == len(PITFALLS)


@EVERY
def test_it_says_all_there_is_to_say_in_sentences(pitfall):
    assert pitfall.title.strip()
    for text in (pitfall.symptom, pitfall.lesson, pitfall.fix, pitfall.bites):
        assert re.fullmatch(r"\S.+[^.]\.", text)
    assert predict(pitfall.key, DEFAULT).words.endswith(".")


@EVERY
def test_its_source_is_the_text_of_the_file_that_runs(pitfall):
    file = Path(lsedash.programs.pitfalls.__file__).with_name(f"{pitfall.key}.py")
    assert pitfall.source == file.read_text(encoding="utf-8")
    assert Path(pitfall.program.__code__.co_filename) == file


@EVERY
def test_it_is_called_like_its_variant(pitfall):
    def signature(program):
        code = program.program.__code__
        return code.co_varnames[: code.co_argcount]

    assert signature(pitfall) == signature(pitfall.variant)


@EVERY
def test_its_source_imports_what_its_variant_imports_and_fits_on_a_screen(pitfall):
    def imports(source):
        nodes = ast.walk(ast.parse(source))
        return [ast.unparse(n) for n in nodes if isinstance(n, ast.Import | ast.ImportFrom)]

    assert imports(pitfall.source) in (["import numpy as np"], ["import torch"])
    assert imports(pitfall.source) == imports(pitfall.variant.source)
    lines = pitfall.source.splitlines()
    assert len(lines) <= 45
    assert max(len(line) for line in lines) <= 80


@EVERY
def test_it_differs_from_its_variant_by_a_few_lines(pitfall):
    changed = difference(pitfall.variant.source, pitfall.source)
    code = [c for c in changed if c.line.text.strip() and not c.line.text.strip().startswith("#")]
    new, gone = (sum(c.change == change for c in code) for change in "+-")
    assert 0 < new + gone
    assert new <= 4
    assert gone <= 4


def grad_modes(steps):
    """Whether grad mode is on at each point, and whether it is when all is over."""
    modes = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            modes += [torch.is_grad_enabled() for _ in steps]
        except (RuntimeError, TypeError, ValueError):
            modes.append(torch.is_grad_enabled())
    return [*modes, torch.is_grad_enabled()]


@EVERY
def test_it_leaves_the_grad_mode_as_it_is(pitfall):
    assert set(grad_modes(pitfall(*DEFAULT.arguments()))) == {True}


@EVERY
def test_it_leaves_its_arguments_as_they_are(pitfall):
    arrays = STARTED.arguments()[:3]
    before = [array.tobytes() for array in arrays]
    grad_modes(pitfall(*arrays, 0.1, 5))
    assert [array.tobytes() for array in arrays] == before


@EVERY
def test_its_run_is_the_one_that_compare_makes(pitfall):
    run = pitfall.run(STARTED)
    assert isinstance(run, Run)
    assert run.key == pitfall.key
    assert bits(run) == bits(compare(STARTED, [pitfall]).runs[0])
    assert (run.status == "raised") == isinstance(run.exception, Exception)


@EVERY
def test_its_run_keeps_within_the_points_and_the_time_it_is_given(pitfall):
    long = replace(DEFAULT, iterations=300)
    kept, whole = pitfall.run(long, max_points=10), pitfall.run(long)
    assert len(kept.points) <= 10
    assert kept.last_point == whole.last_point
    assert kept.status == whole.status
    assert len(pitfall.run(long, deadline=0.0).points) <= 1
