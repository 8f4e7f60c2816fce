"""One iteration k, marked in several charts at once: a small component of ours."""

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
    """Where a chart has each of the iterations.

    Attributes:
        key: of the chart, one of `st.plotly_chart`'s.
        x, y: in the chart's own units, (points,); nan where it is not drawn.
        along: whether the iterations run along the x axis: then a pointer needs no more than to be
            above or below one of them.
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
        ks: the iterations there are, ascending.
        texts: what is said at each of them.
        charts: where each chart has them.
    """
    marks = [
        {"key": chart.key, "x": _plain(chart.x), "y": _plain(chart.y), "along": chart.along}
        for chart in charts
    ]
    _component()(
        key="cursor", data={"ks": [int(k) for k in ks], "texts": list(texts), "charts": marks}
    )


def _plain(values: Array) -> list[float | None]:
    """As JSON has it: None for what is not finite."""
    return [value if np.isfinite(value) else None for value in values.tolist()]
