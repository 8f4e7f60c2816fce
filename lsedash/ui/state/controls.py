"""Streamlit widgets as controlled fields, and the values of widgets and components."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from lsedash.text.setting import Setting
from lsedash.ui.compat import was_sent
from lsedash.ui.state.callbacks import quietly, unbroken
from lsedash.ui.state.edits import choose, setting
from lsedash.ui.state.line import hear
from lsedash.ui.state.messages import value_of_setting
from lsedash.ui.state.readers import Misfit, Reader
from lsedash.ui.state.visit import current

T = TypeVar("T")


def controlled(
    name: str, value: Any, reader: Reader[T], act: Callable[[T], None]
) -> dict[str, Any]:
    """The `key` and `on_change` that make a widget a controlled field.

    Args:
        name: the field's name, the same in every run.
        value: the value that the field shows.
        reader: reads what the browser sends.
        act: called with the value that the visitor chose or typed.
    """
    fields = current().fields
    key = fields.key_of(name, value, st.session_state.get)
    if not was_sent(key) or st.session_state.get(key) != value:
        st.session_state[key] = value  # else what is typed meanwhile would be replaced

    def take(sent: Any) -> None:
        quietly(lambda: act(_read(name, reader, sent)))

    fields.listen(name, key, take)
    return {"key": key, "on_change": unbroken(hear)}


def remembered(which: Setting[T]) -> tuple[T, dict[str, Any]]:
    """A setting for a widget: its value, and the widget's `key` and `on_change`."""
    value = setting(which)
    return value, _remembering(which, value)


def remembered_several(which: Setting[tuple[str, ...]]) -> tuple[list[str], dict[str, Any]]:
    """The same for a widget in which several values are chosen."""
    value: tuple[str, ...] = setting(which)
    return list(value), _remembering(which, list(value))


def _remembering(which: Setting[Any], value: Any) -> dict[str, Any]:
    reader = value_of_setting(which)
    return controlled(which.key, value, reader, lambda chosen: choose(which, chosen))


def field_value(key: str, reader: Reader[T]) -> T:
    """The value of a widget that is no controlled field; for use in a callback."""
    return _read(key, reader, _held(key))


def _held(key: str) -> Any:
    if key not in st.session_state:
        raise Misfit(f"{key} is not on the page any more")
    return st.session_state[key]


def _read(name: str, reader: Reader[T], sent: Any) -> T:
    try:
        return reader(sent)
    except Misfit as fault:
        raise Misfit(f"{name}: {fault}") from None
