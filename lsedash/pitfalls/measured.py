"""What can be measured of a mistake beside its run."""

from collections.abc import Callable
from contextlib import closing
from itertools import islice
from typing import Any

from lsedash.experiment import Experiment
from lsedash.inspect.graph import count_nodes

MOST_COUNTED = 1000  # losses


def graphs_alive(program: Callable[..., Any], experiment: Experiment) -> str:
    """How many nodes of graphs the list `losses` of a running program keeps."""
    count = min(experiment.iterations + 1, MOST_COUNTED)
    with closing(program(*experiment.arguments())) as steps:
        *_, (_, loss) = islice(steps, count)
        kept = count_nodes(steps.gi_frame.f_locals["losses"])
    one = count_nodes([loss])
    return (
        f"Counted after {count} losses: the list keeps {kept} nodes of graphs alive, {one} for "
        f"each; the right program keeps {one} in all."
    )
