"""Messages about inputs that cannot be used."""

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from lsedash.problem import InvalidInput
from lsedash.text.words import spaced

MOST_LINES = 6  # of a notice
LONGEST_LINE = 240  # characters
JOINER = "\u2060"  # takes no room
# Where Streamlit makes a link, a picture or another sign of a plain text, even of an escaped one:
# within https://, :smile:, www., name@host and arrows such as ->.
TURNED = re.compile(
    r"(?<=:)(?=[\w+/-])|(?<=www)(?=\.)|(?<=[\w.+-])(?=@)|(?<=<)(?=[-=])|(?<=-)(?=[->])|(?<=[>~])(?==)",
    re.IGNORECASE,
)
BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def fault_note(fault: InvalidInput | None) -> None:
    """Show the message of a fault, if there is one."""
    with st.container():  # with or without a message, what stands below keeps its place
        if fault is not None:
            st.markdown(f":red[{plain(str(fault))}]")


def fault_notes(faults: Mapping[str, InvalidInput], *fields: str) -> None:
    """Show one message for each field that cannot be read."""
    for field in fields:
        fault_note(faults.get(field))


def plain(text: str) -> str:
    """Markdown that shows the text as it was typed, in one line; nothing in it becomes a link."""
    text = TURNED.sub(JOINER, BREAKS.sub(" ", text))
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+!|<>$~:" else c for c in text)


def few(sentences: Sequence[str]) -> list[str]:
    """The first sentences, each of a length that can be read, and how many more there are."""
    shown = sentences if len(sentences) <= MOST_LINES else sentences[: MOST_LINES - 1]
    lines = [
        text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…" for text in shown
    ]
    more = len(sentences) - len(shown)
    return [*lines, f"and {spaced(more)} more"] if more else lines
