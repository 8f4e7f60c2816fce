"""A component: up to six learning rates as chips on an axis of alpha * lambda_max."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from numpy.typing import ArrayLike

from lsedash.stage.packed import packed, said
from lsedash.text.convention import Spoken
from lsedash.ui.js import component
from lsedash.ui.state.line import talking
from lsedash.ui.state.messages import rates as read_rates

HERE = Path(__file__).parent
HTML = """<div class="lsedash-chips" role="group" aria-label="Learning rates that race"></div>
<div class="lsedash-rates" role="group" aria-label="Remove learning rates"></div>"""


@dataclass(frozen=True, eq=False)
class Previewed:
    """What the browser needs to draw a lane at another rate while its chip is dragged.

    Attributes:
        spectrum: the closed form along the directions of the paths: `stage.packed.spectrum`.
        ks: the iterations that are drawn.
        paths: the keys of the charts of paths.
        losses: the key of the chart of the losses.
    """

    spectrum: dict[str, Any]
    ks: ArrayLike
    paths: Sequence[str]
    losses: str


def chips(
    rates: Sequence[float],
    colours: Sequence[str],
    top: float,
    preview: Previewed,
    spoken: Spoken,
    on_rates: Callable[[list[float]], None],
) -> None:
    """Show the chips.

    Args:
        rates: the learning rates, one for each chip.
        colours: the colours of the chips, in their order.
        top: lambda_max.
        spoken: the convention in which the rates are written.
        preview: what is drawn while a chip is dragged.
        on_rates: called with all rates after one was dragged, removed or added.
    """

    data = {
        "rates": list(rates),
        "colours": list(colours),
        "top": top,
        "spoken": said(spoken),
        "preview": asdict(preview) | {"ks": packed(preview.ks)},
    }
    mount = component(HERE / "chips.js", html=HTML, style=HERE / "chips.css")
    mount(**talking("chips", data, {"rates": (read_rates, on_rates)}))
