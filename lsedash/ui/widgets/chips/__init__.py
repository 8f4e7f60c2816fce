"""A component: up to six learning rates as chips on an axis of alpha * lambda_max."""

from collections.abc import Callable, Sequence
from pathlib import Path

from lsedash.ui.js import component
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import value_of

HERE = Path(__file__).parent
HTML = '<div class="lsedash-chips" role="group" aria-label="Learning rates that race"></div>'


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

    component(HERE / "chips.js", html=HTML, style=HERE / "chips.css")(
        key="chips",
        data={"rates": list(rates), "colours": list(colours), "top": top},
        on_rates_change=report,
    )
