"""Every undocumented name of Streamlit that the dashboard uses.

When the pin of Streamlit moves, `tests/ui/test_compat.py` says which of these names are gone.
"""

from pathlib import Path

import streamlit
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

__all__ = [
    "STATIC",
    "Container",
    "Interruption",
    "index_page",
    "is_fragment_run",
    "newer_run_waits",
    "went_back",
]

STATIC = Path(streamlit.__file__).parent / "static"  # what Streamlit sends to a browser
Container = DeltaGenerator  # what st.container() and st.columns() return
Interruption = RerunException  # raised by any access to the session state once a newer run is due


def is_fragment_run() -> bool:
    """Whether only a fragment of the page runs, not the whole script."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def newer_run_waits() -> bool:
    """Whether a newer run of the page, or of a part of it, waits for the end of this one."""
    context = get_script_run_ctx()
    requests = None if context is None else context.script_requests
    return requests is not None and requests._state != ScriptRequestType.CONTINUE


def went_back() -> bool:
    """Whether this run was caused by the browser's back or forward button."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def index_page() -> str:
    """The HTML page into which Streamlit loads itself."""
    return (STATIC / "index.html").read_text(encoding="utf-8")
