"""The catalogues: programs in order, found by key; what is in the folders is in them."""

from dataclasses import FrozenInstanceError
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import lsedash
from lsedash import OPTIMIZERS, PITFALLS, VARIANTS, Run, compare
from lsedash.figures.style import SYMBOLS, strokes
from lsedash.programs.catalogue import Catalogue
from lsedash.programs.pitfalls import MEAN_WITHOUT_HALF
from lsedash.programs.program import Program
from lsedash.programs.replacements import REPLACEMENTS
from lsedash.running.runner import DEFAULT_MAX_POINTS
from lsedash.text.fields import DEFAULT
from lsedash.text.words import number_word
from lsedash.theory.pitfalls import PREDICTIONS

PACKAGE = Path(lsedash.__file__).parent
CATALOGUES = {
    "variants": VARIANTS,
    "optimizers": OPTIMIZERS,
    "pitfalls": PITFALLS,
    "replacements": REPLACEMENTS,
}
every = pytest.mark.parametrize(("folder", "catalogue"), CATALOGUES.items(), ids=CATALOGUES.keys())

A, B = Program("a", "A", "First."), Program("b", "B", "Second.")


@every
def test_every_file_in_its_folder_is_in_a_catalogue_and_the_other_way_round(folder, catalogue):
    beside = [program.twin.key for program in catalogue if program.twin]
    if folder == "pitfalls":
        beside.append(MEAN_WITHOUT_HALF.key)
    files = {file.stem for file in (PACKAGE / "programs" / folder).glob("*.py")} - {"__init__"}
    assert files == {*catalogue.keys, *beside}


@every
def test_it_is_walked_through_in_order_and_each_program_is_found_by_its_key(folder, catalogue):
    assert tuple(program.key for program in catalogue) == catalogue.keys
    assert len(catalogue) == len(catalogue.keys)
    for program in catalogue:
        assert catalogue.named(program.key) is catalogue[program.key] is program
        assert catalogue.title_of(program.key) == program.title
        assert program.package == f"lsedash.programs.{folder}"


@every
def test_a_program_but_a_variant_comes_from_a_variant(folder, catalogue):
    for program in catalogue:
        assert program.variant.variant in VARIANTS
        assert (program.variant is program) == (folder == "variants")


def test_a_key_is_given_once():
    with pytest.raises(ValueError, match=r"given twice: \['a'\]"):
        Catalogue(A, B, A)


def test_an_unknown_key_is_not_found():
    for find in (VARIANTS.named, VARIANTS.title_of, VARIANTS.__getitem__):
        with pytest.raises(KeyError, match="torch_nothing"):
            find("torch_nothing")


def test_programs_are_chosen_in_the_order_of_the_catalogue():
    assert Catalogue(A, B).chosen(["b", "nothing", "a"]) == (A, B)
    assert Catalogue(A, B).chosen([]) == ()


def test_whoever_uses_it_from_outside_may_take_places_and_slices():
    assert Catalogue(A, B)[0] is A
    assert Catalogue(A, B)[-1] is B
    assert Catalogue(A, B)[:1] == (A,)
    assert [*Catalogue(A, B)] == [A, B]
    assert B in Catalogue(A, B)


def test_it_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        VARIANTS.programs = ()


@pytest.mark.parametrize("catalogue", CATALOGUES.values(), ids=CATALOGUES.keys())
def test_a_program_of_each_kind_runs_by_itself(catalogue):
    program = catalogue[0]
    run, same = program.run(DEFAULT), compare(DEFAULT, [program])[program.key]
    assert isinstance(run, Run)
    assert run.key == program.key
    assert run.losses.tobytes() == same.losses.tobytes()


def test_a_program_takes_the_runner_s_limits():
    long = lsedash.Experiment(DEFAULT.system, None, 0.1, 2 * DEFAULT_MAX_POINTS)
    numpy = VARIANTS["numpy_by_hand"]
    assert len(numpy.run(long).points) <= DEFAULT_MAX_POINTS
    assert len(numpy.run(long, max_points=11).points) <= 11
    assert numpy.run(long, deadline=0.0).status == "stopped"
    with pytest.raises(ValueError, match="two points"):
        numpy.run(long, max_points=0)


def test_options_go_to_the_program():
    momentum = OPTIMIZERS["sgd_momentum"]
    plain, fast = (momentum.with_options(momentum=beta).run(DEFAULT) for beta in (0.0, 0.5))
    without = VARIANTS["torch_optimizer"].run(DEFAULT)
    np.testing.assert_allclose(plain.iterates, without.iterates, atol=1e-13)
    assert np.abs(fast.iterates - plain.iterates).max() > 0.01


def test_theory_says_something_of_every_pitfall():
    assert set(PREDICTIONS) == set(PITFALLS.keys)


def test_nothing_of_ours_finds_a_program_by_its_place():
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for name in ("VARIANTS", "OPTIMIZERS", "PITFALLS", "REPLACEMENTS"):
            assert f"{name}[" not in text, file


def test_the_looks_go_on_without_end_each_unlike_those_before_and_narrower():
    looks = [look for look, _ in zip(strokes(), SYMBOLS, strict=False)]
    for kind in ("colour", "dash", "symbol"):
        assert len({getattr(look, kind) for look in looks}) == len(SYMBOLS)
    assert all(wide.width > narrow.width > 0 for wide, narrow in pairwise(looks))


@pytest.mark.parametrize(
    ("count", "word"), [(0, "no"), (1, "one"), (5, "five"), (9, "nine"), (10, "10"), (12, "12")]
)
def test_a_count_is_a_word_up_to_nine(count, word):
    assert number_word(count) == word
