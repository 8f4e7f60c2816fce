"""The stage, a component: the learning rate to drag, path and loss that follow it, playback.

The component stays mounted. Its JavaScript is in `static/`, which a route of `lsedash.ui.server`
serves; its data are made by `lsedash.ui.pages.descend.stage.payload`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lsedash.ui.js import component
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import heard
from lsedash.ui.state.messages import StageMessage, stage_message
from lsedash.ui.state.stage import answering, next_message

MODULE = Path(__file__).parent / "static" / "stage.js"
# This HTML is sent with every update; stage.html, which is larger, is fetched once.
HTML = """<section class="stage" data-testid="stage" data-state="waiting" tabindex="0" role="region"
  aria-label="Stage: learning rate, path and loss. Space plays, Left and Right step, Home and End
  jump."><p>Loading the charts…</p></section>"""


def stage(data: dict[str, Any], on_said: Callable[[StageMessage], None]) -> None:
    """Show the stage.

    Args:
        data: a `payload`; the number of the answered request is added here.
        on_said: called with all requests that are not answered yet, and with the settings that the
            stage keeps, once a gesture has ended. The stage repeats both until it is heard.
    """

    @unbroken
    def report() -> None:
        said = heard("stage", "said", stage_message)
        answering(said.request)
        on_said(said)

    component(MODULE, html=HTML)(
        key="stage",
        data=next_message(data),
        on_said_change=report,
    )
