"""The stage, a component: the learning rate to drag, path and loss that follow it, playback.

The component stays mounted. Its JavaScript is in `static/`, which a route of `lsedash.ui.server`
serves: `streamlit.js` is what is fetched first. Its data are made by `lsedash.stage.payload`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lsedash.figures.view import View
from lsedash.ui.js import component
from lsedash.ui.state import messages
from lsedash.ui.state.line import Actions, talking
from lsedash.ui.state.stage import next_message

MODULE = Path(__file__).parent / "static" / "streamlit.js"
# This HTML is sent with every update; stage.html, which is larger, is fetched once.
HTML = """<section class="stage" data-testid="stage" data-state="waiting" tabindex="0" role="region"
  aria-label="Stage: learning rate, path and loss. Space plays, Left and Right step, Home and End
  jump."><p>Loading the charts…</p></section>"""


def stage(
    data: dict[str, Any],
    *,
    on_rate: Callable[[messages.SpokenRate], None],
    on_start: Callable[[messages.MovedStart], None],
    on_view: Callable[[View], None],
    on_follow: Callable[[bool], None],
    on_loss: Callable[[str], None],
    on_kept: Callable[[dict[str, str]], None],
) -> None:
    """Show the stage.

    Args:
        data: a `payload`; the number of the message is added here.
        on_rate: called with what was said after a learning rate was dragged or typed.
        on_start: called after the start was moved to a place.
        on_view: called after another view was chosen.
        on_follow: called with whether the learning rate follows A.
        on_loss: called with the key of another convention for the loss.
        on_kept: called with the texts, by key, of the settings that the stage keeps, once a gesture
            has ended: hidden programs, k, camera, speed.
    """
    actions: Actions = {
        "rate": (messages.asked_rate, on_rate),
        "view": (messages.asked_view, on_view),
        "follow": (messages.asked_follow, on_follow),
        "loss": (messages.asked_loss, on_loss),
        "start": (messages.asked_start, on_start),
        "kept": (messages.stage_texts, on_kept),
    }
    component(MODULE, html=HTML, name="stage")(**talking("stage", next_message(data), actions))
