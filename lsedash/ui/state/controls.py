"""Streamlit widgets as controlled fields, and the values of widgets and components."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.edits import choice, choose
from lsedash.ui.state.visit import current


def controlled(name: str, value: Any, act: Callable[[Any], None]) -> dict[str, Any]:
    """The `key` and `on_change` that make a widget a controlled field.

    Args:
        name: the field's name, the same in every run.
        value: the value that the field shows.
        act: called with the value that the visitor chose or typed.
    """
    fields = current().fields
    key = fields.key_of(name, value, st.session_state.get)
    st.session_state[key] = value

    @unbroken
    def changed() -> None:
        current().fields.change(key, st.session_state[key], act)

    return {"key": key, "on_change": changed}


def remembered(name: str, default: Any) -> tuple[Any, dict[str, Any]]:
    """A choice that outlives its widget: its value, and the widget's `key` and `on_change`."""
    value = choice(name, default)
    return value, controlled(name, value, lambda chosen: choose(name, chosen))


def value_of(key: str) -> Any:
    """The value of a widget or component; for use in its callback."""
    return st.session_state[key]
