"""A variant as a script or a notebook with the experiment's numbers, to run without lsedash."""

import json
from collections.abc import Iterator
from math import ceil, log10
from typing import Any

import numpy as np

from lsedash.experiment import Experiment
from lsedash.meaning import LONGEST_NAME, Meaning
from lsedash.problem import Array
from lsedash.programs.program import Program
from lsedash.running.run import Run
from lsedash.text.convention import OURS, Spoken
from lsedash.text.notation import format_matrix, format_vector
from lsedash.text.unknowns import shortened

LINES = 20  # printed at most, besides that of the last iteration

HEAD = """\"\"\"{title}: {lesson}

Gradient descent on 1/2 ||A x - b||^2 for
    A = {A}
    b = {b}
{needs}
\"\"\"
"""

DATA = """{columns}
A = np.array(
{A},
    dtype=np.{dtype},
)
b = np.array({b}, dtype=np.{dtype})
x0 = np.array({x0}, dtype=np.{dtype})
{convention}learning_rate = {learning_rate!r}
iterations = {iterations}
"""

CONVENTION = """# Your course writes the loss as {formula}, which is {factor} times the loss here.
# Its learning rate {rate} is {factor} * {rate} here: the path is the same.
"""

LOOP = """
for k, (x, loss) in enumerate(descend(A, b, x0, learning_rate, iterations)):
    loss = loss.item()
    if not loss < float("inf"):
        print(f"no longer finite at iteration {{k}}")
        break
    done = {done}
    if k % {every} == 0 or done:
        print(f"iter {{k}} -- loss: {{loss:.3e}}")
    if done:
        print("x =", {x})
        break
"""


def script(
    variant: Program,
    experiment: Experiment,
    meaning: Meaning | None = None,
    spoken: Spoken = OURS,
) -> str:
    """The variant and the experiment as one Python file that prints the losses.

    With somebody's data, comments tell what each column of A and b hold.

    Args:
        spoken: the course's convention for the loss; a comment converts its learning rate.
    """
    imports, program = _program(variant)
    return "\n".join(
        [
            _head(variant, experiment),
            imports,
            "",
            f"{program}\n{_data(experiment, meaning, spoken)}{_loop(variant, experiment)}",
        ]
    )


def notebook(
    variant: Program,
    experiment: Experiment,
    meaning: Meaning | None = None,
    spoken: Spoken = OURS,
) -> str:
    """The same as a Jupyter notebook, format 4.5: https://nbformat.readthedocs.io."""
    imports, program = _program(variant)
    title = f"# {variant.title}\n\n{variant.lesson} Gradient descent on ½‖Ax − b‖²."
    data = _data(experiment, meaning, spoken)
    texts = [f"{imports}\n", program, data, _loop(variant, experiment)]
    cells = [_cell("markdown", 0, title)]
    cells += [_cell("code", i, text.strip()) for i, text in enumerate(texts, 1)]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    document = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def printed_lines(run: Run, experiment: Experiment) -> Iterator[str]:
    """The lines that script and notebook print, made from a run on the page."""
    every, last = print_every(experiment.iterations), run.last_point
    ended = run.status in ("finished", "converged")
    for k, loss in zip(run.points.tolist(), run.losses.tolist(), strict=True):
        if k % every == 0 or (ended and k == last):
            yield f"iter {k} -- loss: {loss:.3e}"
    if run.status == "diverged":
        yield f"no longer finite at iteration {last + 1}"


def print_every(iterations: int) -> int:
    """The iterations between printed lines: 1, 2 or 5 times a power of ten, for `LINES` lines."""
    least = max(iterations / LINES, 1)
    power = 10 ** (ceil(log10(least)) - 1) if least > 1 else 1
    return int(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least))


def _program(variant: Program) -> tuple[str, str]:
    """The imports, with NumPy's if it is missing, and the program after them."""
    _, _, code = variant.source.partition('"""\n\n')
    imports, _, program = code.partition("\n\n\n")
    if "numpy" not in imports:
        imports = f"import numpy as np\n{imports}"
    return imports, f"\n{program}"


def _head(variant: Program, experiment: Experiment) -> str:
    system = experiment.system
    needs = "It needs numpy." if _numpy_only(variant) else "It needs numpy and torch."
    small = system.m <= 6 and system.n <= 6
    return HEAD.format(
        title=variant.title,
        lesson=variant.lesson,
        A=format_matrix(system.A) if small else f"{system.m} x {system.n}, below",
        b=format_vector(system.b) if small else "below",
        needs=needs,
    )


def _data(experiment: Experiment, meaning: Meaning | None, spoken: Spoken) -> str:
    system = experiment.system
    return DATA.format(
        columns="" if meaning is None else "".join(f"\n# {line}" for line in _columns(meaning)),
        A=_rows(system.A),
        b=system.b.tolist(),
        x0=experiment.x0.tolist(),
        dtype=experiment.dtype,
        convention=_convention(experiment, spoken),
        learning_rate=float(experiment.learning_rate),
        iterations=experiment.iterations,
    )


def _convention(experiment: Experiment, spoken: Spoken) -> str:
    """A comment with the course's learning rate, and how it becomes the one that is used."""
    if spoken.ours:
        return ""
    rate = spoken.rate_text(experiment.learning_rate)
    return CONVENTION.format(formula=spoken.convention.code, factor=spoken.factor_code, rate=rate)


def _columns(meaning: Meaning) -> Iterator[str]:
    """What each column of A holds, and b; each in one line, whatever is in a name."""
    for i, term in enumerate(meaning.terms, 1):
        name = shortened(term.name, LONGEST_NAME)
        if (term.mean, term.deviation) != (0, 1):
            name = f"({name} - {term.mean!r}) / {term.deviation!r}"
        yield f"x{i}, column {i} of A: {name}"
    yield f"b: {shortened(meaning.target, LONGEST_NAME)}"


def _loop(variant: Program, experiment: Experiment) -> str:
    x = "x" if _numpy_only(variant) else "x.detach().numpy().ravel()"
    done = "k == iterations"
    if experiment.tolerance is not None:
        done += f" or loss <= {float(experiment.tolerance)!r}"
    return LOOP.format(every=print_every(experiment.iterations), done=done, x=x)


def _numpy_only(variant: Program) -> bool:
    return "import torch" not in variant.source


def _rows(A: Array) -> str:
    rows = ",\n".join(f"        {row}" for row in np.asarray(A).tolist())
    return f"    [\n{rows},\n    ]"


def _cell(kind: str, number: int, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell | {"source": text.splitlines(keepends=True)}
