"""Controlled fields: widgets that always show our value.

A value exists three times: ours, that of the Streamlit widget, and that in the browser. In a
controlled field only ours counts: the widget shows it, and a change by the visitor is passed to us
and does nothing else. Three events would break this rule:

- Our value changed elsewhere, by another widget or a link. The field gets a new key, hence a new
  widget, which starts from our value.
- The whole draft was replaced. All fields get new keys, even those whose value is the same.
- A stale value arrives, sent before the browser got the change. A value counts as a change only if
  it was not seen under the same key before.

A run may also be ended before it could pass a change to us. So each run begins with the changes
that were not seen yet.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Act = Callable[[Any], None]
MOST_REMEMBERED = 200  # keys; no browser is so slow that an older one still matters


@dataclass
class ControlledFields:
    """The controlled fields of one visitor.

    Attributes:
        revision: how often the draft was replaced.
    """

    revision: int = 0
    _versions: dict[str, tuple[int, Any]] = field(default_factory=dict)  # by field name
    _seen: dict[str, Any] = field(default_factory=dict)  # by key
    _drawn: dict[str, tuple[str, Act]] = field(default_factory=dict)  # key and act by field name

    def replace_all(self) -> None:
        """Give every field a new key."""
        self.revision += 1

    def key_of(self, name: str, value: Any, held: Callable[[str, Any], Any]) -> str:
        """The key under which a field is to be drawn, showing `value`.

        Args:
            name: the field's name.
            value: the value to show.
            held: (key, default) -> the value of the widget with this key, if there is one.
        """
        version, last = self._versions.get(name, (0, value))
        if held(f"{name}_{version}_{self.revision}", last) != value:
            version += 1  # the value was set from elsewhere
        _remember(self._versions, name, (version, value))
        key = f"{name}_{version}_{self.revision}"
        _remember(self._seen, key, value)
        return key

    def listen(self, name: str, key: str, act: Act) -> None:
        """Let `hear` call `act` with a change that comes under the key of a field."""
        _remember(self._drawn, name, (key, act))

    def hear(self, held: Callable[[str, Any], Any]) -> None:
        """Pass on all changes that were not seen yet.

        Args:
            held: (key, default) -> the value of the widget with this key, if there is one.
        """
        for key, act in list(self._drawn.values()):
            self.change(key, held(key, self._seen.get(key)), act)

    def change(self, key: str, value: Any, act: Act) -> None:
        """Call `act` with a value from the browser, unless it was seen under this key before.

        The value counts as seen only once `act` has returned, so that an interrupted callback can
        be repeated.
        """
        if value != self._seen.get(key):
            act(value)
            self._seen[key] = value


def _remember(entries: dict[str, Any], key: str, value: Any) -> None:
    """Put an entry at the end; the one unused for longest goes if there are too many."""
    entries.pop(key, None)
    entries[key] = value
    if len(entries) > MOST_REMEMBERED:
        entries.pop(next(iter(entries)))
