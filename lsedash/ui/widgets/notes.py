"""Sentences about what was typed."""

from collections.abc import Mapping

import streamlit as st

from lsedash.problem import InvalidInput


def fault_note(fault: InvalidInput | None) -> None:
    """Show one sentence about an input that cannot be used, if there is a fault."""
    if fault is not None:
        st.markdown(f":red[{plain(str(fault))}]")


def fault_notes(faults: Mapping[str, InvalidInput], *fields: str) -> None:
    """Show one sentence for each of the fields that cannot be read."""
    for field in fields:
        fault_note(faults.get(field))


def plain(text: str) -> str:
    """The text as Markdown that shows it as typed."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+!|<>$~:" else c for c in text)
