"""States of the dashboard for the tests of lessons."""

from lsedash import PITFALLS, VARIANTS, compare
from lsedash.lessons.facts import Facts
from lsedash.text.link import read_link, split_link
from lsedash.theory.closed_form import Theory


def facts_of(link, page="", shown="", programs=(), start=None, variants=VARIANTS):
    """The facts after the programs of a link ran; the step began there, if no start is given."""
    opened = read_link(split_link(link) if isinstance(link, str) else link)
    experiment = opened.experiment
    comparison = compare(experiment, [*variants, *PITFALLS.chosen(programs)])
    theory, begun = Theory(experiment.system), start or experiment
    return Facts(experiment, theory, comparison, begun, page, shown or opened.show, opened.settings)
