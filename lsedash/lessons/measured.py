"""A state of the dashboard from a link: the programs run, and the facts are gathered."""

from collections.abc import Mapping, Sequence

from lsedash.lessons.facts import Facts
from lsedash.lessons.seeds import Place
from lsedash.programs.pitfalls import PITFALLS
from lsedash.programs.variants import VARIANTS
from lsedash.running.runner import compare
from lsedash.text.link import read_link
from lsedash.theory.closed_form import Theory


def measured(
    place: Place,
    start: Mapping[str, str],
    programs: Sequence[str] = (),
    deadline: float | None = None,
) -> Facts:
    """The facts after the variants, and some pitfalls, have run at a place.

    Args:
        start: the link with which the step began.
        programs: the keys of the pitfalls.
        deadline: as in `compare`.
    """
    opened, begun = read_link(place.link), read_link(start).experiment
    experiment = opened.experiment
    runnable = (*VARIANTS.chosen(opened.variants), *PITFALLS.chosen(programs))
    comparison = compare(experiment, runnable, deadline=deadline)
    theory = Theory(experiment.system)
    return Facts(experiment, theory, comparison, begun, place.page, opened.show, opened.settings)
