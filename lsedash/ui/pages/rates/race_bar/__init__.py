"""A component: the playback of the race, which moves a mark on every lane and on every loss."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lsedash.problem import Array
from lsedash.text.settings import ITERATION_SHOWN, SPEED
from lsedash.ui.js import component
from lsedash.ui.state import edits
from lsedash.ui.state.line import talking
from lsedash.ui.state.messages import race_bar_texts

HERE = Path(__file__).parent
HTML = '<div class="lsedash-race-bar" role="group" aria-label="Playback of the race"></div>'


@dataclass(frozen=True, eq=False)
class RaceMark:
    """A mark of one lane in one chart.

    Attributes:
        key: of the chart.
        name: of the lane.
        colour: of the lane.
        x, y: the position at each iteration, (points,); nan where the lane has no point.
        along: whether the iterations run along the x axis.
    """

    key: str
    name: str
    colour: str
    x: Array
    y: Array
    along: bool


def race_bar(ks: Sequence[int], losses: dict[str, Array], marks: Sequence[RaceMark]) -> None:
    """Show the playback.

    Args:
        ks: the iterations, ascending.
        losses: the loss of each lane at each iteration, nan where it has none, by the lane's name.
        marks: the marks that move.
    """
    data = {
        "ks": list(ks),
        "losses": {name: _plain(values) for name, values in losses.items()},
        "marks": [vars(mark) | {"x": _plain(mark.x), "y": _plain(mark.y)} for mark in marks],
        "kept": edits.setting_texts(ITERATION_SHOWN, SPEED),
        "opened": edits.opened(),
    }
    mount = component(HERE / "race_bar.js", html=HTML, style=HERE / "race_bar.css")
    mount(**talking("race_bar", data, {"kept": (race_bar_texts, edits.choose_texts)}))


def _plain(values: Array) -> list[float | None]:
    """The values as JSON takes them: None where a value is not finite."""
    return [value if np.isfinite(value) else None for value in values.tolist()]
