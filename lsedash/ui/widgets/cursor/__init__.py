"""A component: a slider for one iteration k, which is marked in several charts at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lsedash.problem import Array
from lsedash.text.settings import ITERATION_SHOWN
from lsedash.ui.js import component
from lsedash.ui.state import edits
from lsedash.ui.state.line import talking
from lsedash.ui.state.messages import iteration

HERE = Path(__file__).parent
HTML = '<div class="lsedash-cursor" role="group" aria-label="One iteration in all charts"></div>'


@dataclass(frozen=True, eq=False)
class Marked:
    """The position of each iteration in a chart.

    Attributes:
        key: the `key` that `st.plotly_chart` was given.
        x, y: the positions in the chart's units, (points,); nan where nothing is drawn.
        along: whether the iterations run along the x axis; then a pointer chooses the iteration
            that is nearest along this axis.
    """

    key: str
    x: Array
    y: Array
    along: bool = False


def cursor(ks: Sequence[int], texts: Sequence[str], charts: Sequence[Marked]) -> None:
    """Show the slider.

    Args:
        ks: the iterations, ascending.
        texts: the text shown at each iteration.
        charts: the charts, with the position of each iteration.
    """
    marks = [
        {"key": chart.key, "x": _plain(chart.x), "y": _plain(chart.y), "along": chart.along}
        for chart in charts
    ]
    link = {"k": edits.setting(ITERATION_SHOWN), "opened": edits.opened()}
    data = {"ks": [int(k) for k in ks], "texts": list(texts), "charts": marks, **link}
    mount = component(HERE / "cursor.js", html=HTML, style=HERE / "cursor.css")
    mount(**talking("cursor", data, {"k": (iteration, _keep)}))


def _keep(k: int) -> None:
    """Keep the iteration for the link, once the slider, the playback or the pointer rests."""
    edits.choose(ITERATION_SHOWN, k)


def _plain(values: Array) -> list[float | None]:
    """The values as JSON takes them: None where a value is not finite."""
    return [value if np.isfinite(value) else None for value in values.tolist()]
