"""What can be measured of a mistake beside its run."""

from collections.abc import Callable
from contextlib import closing
from math import isfinite
from typing import Any

from lsedash.experiment import Experiment
from lsedash.looking.graph import count_nodes
from lsedash.programs.program import Program

MOST_COUNTED = 1000  # losses


def graphs_alive(program: Callable[..., Any], experiment: Experiment) -> str:
    """How many nodes of graphs the list `losses` of a running program keeps."""
    points = range(min(experiment.iterations + 1, MOST_COUNTED))
    with closing(program(*experiment.arguments())) as steps:
        for _, (_, loss) in zip(points, steps, strict=False):
            if not isfinite(loss.item()):
                break
        losses = steps.gi_frame.f_locals["losses"]
        kept, one = count_nodes(losses), count_nodes(losses[-1:])
    return (
        f"Counted with {len(losses)} in the list: it keeps {kept} nodes of graphs alive, {one - 1} "
        f"for each loss and that of x, which all share; the right program keeps {one}."
    )


# What is measured beside the run of a pitfall, by its key: (program, experiment) -> a sentence.
MEASURES: dict[str, Callable[[Program, Experiment], str]] = {"graphs_kept": graphs_alive}


def measured(pitfall: Program, experiment: Experiment) -> str:
    """What can be measured of a pitfall beside its run, in a sentence; "" if there is nothing."""
    measure = MEASURES.get(pitfall.key)
    return measure(pitfall, experiment) if measure else ""
