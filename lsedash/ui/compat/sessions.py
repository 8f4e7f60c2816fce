"""What Streamlit keeps of visitors who have left, and what it imports for the first one."""

import gc

from streamlit.dataframe_util import determine_data_format
from streamlit.runtime import Runtime
from streamlit.runtime.session_manager import SessionManager


def import_for_components() -> None:
    """Import what Streamlit otherwise imports when the first visitor's first component is drawn.

    (It is pandas, which it asks about every value that it sends; a second on a slow machine.)
    """
    determine_data_format({})


def session_manager() -> SessionManager:
    """What holds the visitors' sessions; while the server runs."""
    return Runtime.instance()._session_mgr


def forget_left(manager: SessionManager) -> None:
    """Give the memory back of visitors who left longer ago than they are waited for.

    (Streamlit does so only when the next one leaves.)
    """
    manager._session_storage._cache.expire()  # type: ignore[attr-defined]
    gc.collect()
