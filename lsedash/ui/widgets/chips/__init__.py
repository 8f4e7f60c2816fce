"""Up to six learning rates as chips on an axis of alpha * lambda_max: a small component of ours."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from lsedash.ui.js import loader
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import value_of

HERE = Path(__file__).parent


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "lsedash_chips",
        html='<div class="lsedash-chips" role="group" aria-label="Learning rates that race"></div>',
        css=(HERE / "chips.css").read_text(encoding="utf-8"),
        js=loader(HERE / "chips.js"),
        isolate_styles=False,
    )


def chips(
    rates: Sequence[float],
    colours: Sequence[str],
    top: float,
    on_rates: Callable[[list[float]], None],
) -> None:
    """Show the chips.

    Args:
        rates: one for each chip.
        colours: one for each place in the order of chips.
        top: lambda_max; an edge lies at 2 / top.
        on_rates: called with all rates when one was let go, taken away or added.
    """

    @unbroken
    def heard() -> None:
        rates = value_of("chips").rates
        if rates and all(isinstance(rate, int | float) and rate > 0 for rate in rates):
            on_rates([float(rate) for rate in rates])

    _component()(
        key="chips",
        data={"rates": list(rates), "colours": list(colours), "top": top},
        on_rates_change=heard,
    )
