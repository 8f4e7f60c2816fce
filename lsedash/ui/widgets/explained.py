"""A small text whose words of the glossary open their meaning."""

import streamlit as st

from lsedash.text.glossary import entry
from lsedash.ui.widgets.html import draw


def explained_caption(text: str) -> None:
    """Show a text as a caption; it is plain text, not Markdown."""
    st.html(draw("widgets/explained.html", text=text))


def meaning_caption(word: str) -> None:
    """Show a word of the glossary with its meaning as a caption."""
    said = entry(word)
    explained_caption(f"{said.word}: {said.meaning}")
