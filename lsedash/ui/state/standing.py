"""How far a visitor is with one step of a lesson. No Streamlit here."""

from dataclasses import dataclass, field

from lsedash.experiment import Experiment

TRIES = 3  # after so many *Show me* is offered


@dataclass
class Standing:
    """What happened in a step.

    Attributes:
        reached: whether the goal was reached; it stays so.
        shown: whether the dashboard showed a way.
        hints: how many hints were asked for.
        guess: what was predicted; "" if nothing.
        tried: the experiments that were tried without reaching the goal, the last ones.
    """

    reached: bool = False
    shown: bool = False
    hints: int = 0
    guess: str = ""
    tried: list[Experiment] = field(default_factory=list)

    def take(self, holds: bool, tried: Experiment, start: Experiment) -> None:
        """Take note of whether the goal holds, at an experiment of the visitor's."""
        self.reached = self.reached or holds
        if not holds and tried != start and tried not in self.tried and len(self.tried) < TRIES:
            self.tried.append(tried)

    @property
    def passed(self) -> bool:
        """Whether the step after this one is open."""
        return self.reached or self.shown

    @property
    def offers_showing(self) -> bool:
        """Whether *Show me* is offered, whatever the time."""
        return len(self.tried) >= TRIES
