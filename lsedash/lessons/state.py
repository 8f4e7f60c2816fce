"""A state of the dashboard after the programs ran: what goals and sentences are about."""

from dataclasses import dataclass

from lsedash.experiment import Experiment
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison, Run
from lsedash.text.convention import Spoken, spoken_in
from lsedash.text.setting import DEFAULTS, Settings
from lsedash.text.settings import LOSS
from lsedash.theory.closed_form import Theory


@dataclass(frozen=True, eq=False)
class Facts:
    """A state of the dashboard, after the programs ran.

    Attributes:
        experiment: what ran.
        theory: of its system.
        comparison: the runs of the programs that the visitor chose, and of those that a goal asks
            about beside them.
        start: the experiment as it was when the step began.
        page: the path of the page.
        shown: what the page shows, as the link's `show` has it.
        settings: the pages' settings.
    """

    experiment: Experiment
    theory: Theory
    comparison: Comparison
    start: Experiment
    page: str = ""
    shown: str = ""
    settings: Settings = DEFAULTS

    @property
    def convention(self) -> str:
        """The key of the convention for the loss."""
        return self.settings[LOSS]

    @property
    def spoken(self) -> Spoken:
        """How rates and losses are spoken of."""
        return spoken_in(self.convention, self.experiment.system.m)

    @property
    def variants(self) -> tuple[Run, ...]:
        """The runs of the variants among all runs."""
        return tuple(run for run in self.comparison.runs if run.key in VARIANTS.keys)

    def runs(self, program: str = "") -> tuple[Run, ...]:
        """The run of one program, or those of all variants."""
        if not program:
            return self.variants
        return (self.comparison[program],) if program in self.comparison else ()
