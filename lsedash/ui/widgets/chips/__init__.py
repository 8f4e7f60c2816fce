"""A component: up to six learning rates as chips on an axis of alpha * lambda_max."""

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
        rates: the learning rates, one for each chip.
        colours: the colours of the chips, in their order.
        top: lambda_max.
        on_rates: called with all rates after one was dragged, removed or added.
    """

    @unbroken
    def report() -> None:
        rates = value_of("chips").rates
        if rates and all(isinstance(rate, int | float) and rate > 0 for rate in rates):
            on_rates([float(rate) for rate in rates])

    _component()(
        key="chips",
        data={"rates": list(rates), "colours": list(colours), "top": top},
        on_rates_change=report,
    )
