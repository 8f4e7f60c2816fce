"""The stage: the learning rate under the hand, path and loss that follow it, playback.

A component that stays mounted; what it does while it is touched is in `static/`, which a route of
`lsedash.server` serves. What it is told is made by `lsedash.ui.stage.payload`.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

# These texts travel with every update; all that is larger is fetched once.
LOADER = (Path(__file__).parent / "loader.js").read_text(encoding="utf-8")
HTML = """<section class="stage" data-testid="stage" data-state="waiting" tabindex="0" role="region"
  aria-label="Stage: learning rate, path and loss. Space plays, Left and Right step, Home and End
  jump."><p>Loading the charts…</p></section>"""
EVENTS = ("rate", "start", "view", "keep")

Answer = Callable[[dict[str, Any]], None]


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "lsedash_stage",
        html=HTML,
        js=LOADER,
        isolate_styles=False,
    )


def stage(
    data: dict[str, Any], *, on_rate: Answer, on_start: Answer, on_view: Answer, on_keep: Answer
) -> None:
    """Show the stage.

    Args:
        data: a `payload`; the stage waits for the answer to its last request, which is noted here.
        on_rate: called with {"text"} when a learning rate was let go or typed.
        on_start: called with {"place", "n", "view"} when the start was moved there.
        on_view: called with {"kind", "across", "up"} when something else is to be looked at.
        on_keep: called with {"step"}: whether alpha follows A.
    """
    state, base = st.session_state, st.get_option("server.baseUrlPath").strip("/")
    state.serial = state.get("serial", 0) + 1  # tells the browser's redrawing from a new message
    answers = dict(zip(EVENTS, (on_rate, on_start, on_view, on_keep), strict=True))
    about = {
        "base": f"/{base}" if base else "",
        "serial": state.serial,
        "request": state.get("request", 0),
    }
    _component()(
        key="stage",
        data=data | about,
        **{f"on_{name}_change": _heard(name, answer) for name, answer in answers.items()},
    )


def _heard(name: str, answer: Answer) -> Callable[[], None]:
    def heard() -> None:
        said = dict(st.session_state.stage[name])
        st.session_state.request = said.pop("request")
        answer(said)

    return heard
