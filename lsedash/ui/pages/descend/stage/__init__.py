"""The stage: the learning rate under the hand, path and loss that follow it, playback.

A component that stays mounted; what it does while it is touched is in `static/`, which a route of
`lsedash.ui.server` serves. What it is told is made by `lsedash.ui.pages.descend.stage.payload`.
"""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from lsedash.ui.js import loader
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import value_of
from lsedash.ui.state.stage import heard, next_message

MODULE = Path(__file__).parent / "static" / "stage.js"
# It travels with every update; all that is larger is fetched once.
HTML = """<section class="stage" data-testid="stage" data-state="waiting" tabindex="0" role="region"
  aria-label="Stage: learning rate, path and loss. Space plays, Left and Right step, Home and End
  jump."><p>Loading the charts…</p></section>"""

Answer = Callable[[dict[str, Any]], None]


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "lsedash_stage",
        html=HTML,
        js=loader(MODULE),
        isolate_styles=False,
    )


def stage(
    data: dict[str, Any], *, on_rate: Answer, on_start: Answer, on_view: Answer, on_keep: Answer
) -> None:
    """Show the stage.

    Args:
        data: a `payload`; which request of the stage it answers is added here.
        on_rate: called with {"text"} when a learning rate was let go or typed.
        on_start: called with {"place", "n", "view"} when the start was moved there.
        on_view: called with {"kind", "across", "up"} when something else is to be looked at.
        on_keep: called with {"step"}: whether alpha follows A.
    """
    answers = {"rate": on_rate, "start": on_start, "view": on_view, "keep": on_keep}
    _component()(
        key="stage",
        data=data | next_message(),
        on_said_change=partial(_hear, answers),
    )


@unbroken
def _hear(answers: dict[str, Answer]) -> None:
    """The stage says everything that has not been answered yet, so that nothing is lost."""
    said = value_of("stage").said
    heard(said["request"])
    for name, value in said["unanswered"].items():
        answers[name](value)
