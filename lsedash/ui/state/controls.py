"""Streamlit widgets as controlled fields, and the values of widgets and components."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from lsedash.text.setting import Setting
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.edits import choose, setting
from lsedash.ui.state.line import hear
from lsedash.ui.state.visit import current

T = TypeVar("T")


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

    fields.listen(name, key, act)
    return {"key": key, "on_change": unbroken(hear)}


def remembered(which: Setting[T]) -> tuple[T, dict[str, Any]]:
    """A setting for a widget: its value, and the widget's `key` and `on_change`."""
    value = setting(which)
    return value, controlled(which.key, value, lambda chosen: choose(which, chosen))


def remembered_several(which: Setting[tuple[str, ...]]) -> tuple[list[str], dict[str, Any]]:
    """The same for a widget in which several values are chosen."""
    value: tuple[str, ...] = setting(which)
    field = controlled(which.key, list(value), lambda chosen: choose(which, tuple(chosen)))
    return list(value), field


def value_of(key: str) -> Any:
    """The value of a widget or component; for use in its callback."""
    return st.session_state[key]
