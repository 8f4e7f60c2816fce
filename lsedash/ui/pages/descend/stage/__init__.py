"""The stage, a component: the learning rate to drag, path and loss that follow it, playback.

The component stays mounted. Its JavaScript is in `static/`, which a route of `lsedash.ui.server`
serves; its data are made by `lsedash.ui.pages.descend.stage.payload`.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lsedash.figures.view import View
from lsedash.ui.js import component
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import heard
from lsedash.ui.state.messages import MovedStart, stage_message
from lsedash.ui.state.stage import answers, next_message

MODULE = Path(__file__).parent / "static" / "stage.js"
# This HTML is sent with every update; stage.html, which is larger, is fetched once.
HTML = """<section class="stage" data-testid="stage" data-state="waiting" tabindex="0" role="region"
  aria-label="Stage: learning rate, path and loss. Space plays, Left and Right step, Home and End
  jump."><p>Loading the charts…</p></section>"""


def stage(
    data: dict[str, Any],
    *,
    on_rate: Callable[[str], None],
    on_start: Callable[[MovedStart], None],
    on_view: Callable[[View], None],
    on_follow: Callable[[bool], None],
    on_kept: Callable[[Mapping[str, str]], None],
) -> None:
    """Show the stage.

    Args:
        data: a `payload`; the number of the answered request is added here.
        on_rate: called with the text of a learning rate after it was dragged or typed.
        on_start: called after the start was moved to a place.
        on_view: called after another view was chosen.
        on_follow: called with whether the learning rate follows A.
        on_kept: called with the texts, by key, of the settings that the stage keeps, once a gesture
            has ended: hidden programs, k, camera, speed.
    """

    @unbroken
    def hear() -> None:
        """Take over what the stage keeps, and handle all requests that are not answered yet.

        The stage repeats both until it is heard. The start comes last, because moving it twice is
        not the same as moving it once, and nothing can interrupt the callback after its last
        request.
        """
        said = heard("stage", "said", stage_message)
        answers(said.request)
        on_kept(said.kept)
        if said.rate is not None:
            on_rate(said.rate)
        if said.view is not None:
            on_view(said.view)
        if said.follows is not None:
            on_follow(said.follows)
        if said.start is not None:
            on_start(said.start)

    component(MODULE, html=HTML)(
        key="stage",
        data=next_message(data),
        on_said_change=hear,
    )
