"""A small text whose words of the glossary open their meaning."""

import streamlit as st

from lsedash.ui.widgets.html import draw


def explained_caption(text: str) -> None:
    """Show a text as a caption; it is plain text, not Markdown."""
    st.html(draw("widgets/explained.html", text=text))
