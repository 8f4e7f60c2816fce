"""What stands in a script or notebook to take home."""

import ast
from dataclasses import replace

import nbformat
import numpy as np
import pytest

from helpers.take_home import EXPERIMENTS, TORCH, WORKED, cases, cells, variants
from lsedash.looking.take_home import notebook, script
from lsedash.text.convention import spoken_in
from lsedash.text.fields import FIELDS


@cases
@variants
def test_the_experiments_numbers_stand_in_it_to_the_bit(variant, case):
    experiment = EXPERIMENTS[case]
    place = {"np": np}
    with np.errstate(over="ignore"):
        exec(cells(notebook(variant, experiment))[2], place)
    given = experiment.arguments()
    for name, array in zip(("A", "b", "x0"), given, strict=False):
        assert place[name].dtype == array.dtype
        assert place[name].shape == array.shape
        assert place[name].tobytes() == array.tobytes()
    assert (place["learning_rate"], place["iterations"]) == given[3:]


@variants
def test_it_imports_numpy_and_what_the_variant_needs(variant):
    needs = ["import numpy as np"] + (["import torch"] if variant in TORCH else [])
    for text in (script(variant, WORKED), "\n".join(cells(notebook(variant, WORKED)))):
        imports = [
            n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Import | ast.ImportFrom)
        ]
        assert [ast.unparse(node) for node in imports] == needs
        assert "lsedash" not in text


@variants
def test_the_variants_program_stands_in_it_line_by_line(variant):
    tree = ast.parse(variant.source)
    lines = variant.source.splitlines()
    first = next(n for n in tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef)).lineno
    program = "\n".join(lines[first - 1 :])
    assert f"\n\n\n{program}\n" in script(variant, WORKED)
    assert cells(notebook(variant, WORKED))[1] == program


@variants
def test_a_script_tells_what_it_is_and_what_it_needs(variant):
    told = ast.get_docstring(ast.parse(script(variant, WORKED)))
    assert told.startswith(f"{variant.title}: {variant.lesson}\n")
    assert "A = 1 2 0;0 1 0;0 0 1\n" in told
    assert "b = 1 2 3\n" in told
    assert ("torch" in told.splitlines()[-1]) == (variant in TORCH)
    assert "A = 7 x 40, below\n" in ast.get_docstring(
        ast.parse(script(variant, EXPERIMENTS["7 x 40"]))
    )


@cases
@variants
def test_a_notebook_is_a_valid_one(variant, case):
    text = notebook(variant, EXPERIMENTS[case])
    document = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(document)
    assert (document.nbformat, document.nbformat_minor) == (4, 5)
    assert [cell.cell_type for cell in document.cells] == ["markdown"] + ["code"] * 4
    assert len({cell.id for cell in document.cells}) == 5
    assert document.cells[0].source.startswith(f"# {variant.title}\n")


@variants
def test_it_says_how_the_courses_learning_rate_becomes_the_one_that_is_used(variant):
    spoken = spoken_in("mean", 3)
    experiment = replace(WORKED, learning_rate=FIELDS["lr"].read("0.01", spoken))
    plain, told = script(variant, experiment), script(variant, experiment, spoken)
    added = [line for line in told.splitlines() if line not in plain.splitlines()]
    assert added == [
        "# Your course writes the loss as ||A x - b||^2 / m, which is 2 / 3 times the loss here.",
        "# Its learning rate 0.01 is 2 / 3 * 0.01 here: the path is the same.",
    ]
    assert all(line in notebook(variant, experiment, spoken) for line in added)
    assert pytest.approx(experiment.learning_rate, rel=1e-15) == 2 / 3 * 0.01
    assert f"learning_rate = {experiment.learning_rate!r}" in told
