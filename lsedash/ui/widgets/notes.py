"""Messages about inputs that cannot be used."""

from collections.abc import Mapping

import streamlit as st

from lsedash.problem import InvalidInput


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
    """Markdown that shows the text as it was typed."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+!|<>$~:" else c for c in text)
