"""Measurements of pitfalls besides their runs."""

from collections.abc import Callable, Iterator
from contextlib import closing
from math import isfinite
from typing import Any

from lsedash.experiment import Experiment
from lsedash.looking.graph import count_nodes
from lsedash.programs.program import Program
from lsedash.running.run import Progress

MOST_COUNTED = 1000  # losses


def graphs_alive(program: Callable[..., Any], experiment: Experiment) -> str:
    """A sentence that says how many graph nodes a program's list `losses` keeps alive."""
    points = range(min(experiment.iterations + 1, MOST_COUNTED))
    with closing(program(*experiment.arguments())) as steps:
        for _, (_, loss) in zip(points, steps, strict=False):
            if not isfinite(loss.item()):
                break
        losses = steps.gi_frame.f_locals["losses"]
        alive, of_one_loss = count_nodes(losses), count_nodes(losses[-1:])
    return (
        f"Measured: the list, of length {len(losses)}, keeps {alive} graph nodes alive: "
        f"{of_one_loss - 1} for each loss and one for x, which all losses share. The right program "
        f"keeps {of_one_loss}."
    )


# By pitfall key: (program, experiment) -> a sentence.
MEASURES: dict[str, Callable[[Program, Experiment], str]] = {"graphs_kept": graphs_alive}


def measured(pitfall: Program, experiment: Experiment) -> str:
    """The measurement of a pitfall besides its run, as a sentence; "" if there is none."""
    measure = MEASURES.get(pitfall.key)
    return measure(pitfall, experiment) if measure else ""


def stream_measured(pitfall: Program, experiment: Experiment) -> Iterator[Progress]:
    """Like `measured`, as one report whose snapshot is the sentence."""
    text = measured(pitfall, experiment)
    yield Progress(1, 1, True, lambda: text)
