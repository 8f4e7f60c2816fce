"""The losses of a comparison as lines of text, side by side, as the article prints them."""

from collections.abc import Iterator, Sequence

from lsedash.export.tables import losses_by_point
from lsedash.running.run import Comparison
from lsedash.text.convention import OURS, Spoken
from lsedash.theory.closed_form import Theory


def loss_lines(
    comparison: Comparison, theory: Theory, points: Sequence[int], spoken: Spoken = OURS
) -> Iterator[str]:
    """`iter 10 -- loss:  1.306e+00 ...`, with a column for each variant and the prediction last.

    A dash stands for a point that a variant does not have.
    """
    experiment = comparison.experiment
    predicted = theory.losses(experiment.x0, experiment.learning_rate, points).tolist()
    columns = [losses_by_point(run) for run in comparison.runs]
    columns.append(dict(zip(points, predicted, strict=True)))
    names = [*comparison, "predicted"]
    widths = [max(len(name), 10) for name in names]
    digits = max((len(str(k)) for k in points), default=1)
    yield " " * (digits + len("iter  -- loss:")) + _cells(names, widths)
    for k in points:
        cells = [f"{spoken.loss(column[k]):.3e}" if k in column else "-" for column in columns]
        yield f"iter {k:{digits}} -- loss:{_cells(cells, widths)}"


def _cells(texts: list[str], widths: list[int]) -> str:
    return "".join(f"  {text:>{width}}" for text, width in zip(texts, widths, strict=True))
