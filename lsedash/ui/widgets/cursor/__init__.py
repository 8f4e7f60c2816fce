"""A component: a slider for one iteration k, which is marked in several charts at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from lsedash.problem import Array
from lsedash.ui.js import loader

HERE = Path(__file__).parent


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


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "lsedash_cursor",
        html='<div class="lsedash-cursor" role="group" aria-label="One iteration in all charts">'
        "</div>",
        css=(HERE / "cursor.css").read_text(encoding="utf-8"),
        js=loader(HERE / "cursor.js"),
        isolate_styles=False,
    )


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
    _component()(
        key="cursor", data={"ks": [int(k) for k in ks], "texts": list(texts), "charts": marks}
    )


def _plain(values: Array) -> list[float | None]:
    """The values as JSON takes them: None where a value is not finite."""
    return [value if np.isfinite(value) else None for value in values.tolist()]
