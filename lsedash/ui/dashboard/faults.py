"""What a visitor is told when the dashboard itself fails: one sentence; the log has the details."""

import streamlit as st

FAILED = (
    "This part of the page could not be drawn because of an error in the dashboard. The address "
    "still has your experiment; change an input or load the page again."
)


def tell(_fault: Exception) -> bool:
    """Say that something failed, in the place of what failed; Streamlit has logged the traceback.

    Returns True so that Streamlit does not show the traceback.
    """
    st.error(FAILED)
    return True
