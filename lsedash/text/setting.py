"""The type of a setting of the pages, and the values of all settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from lsedash.problem import InvalidInput
from lsedash.text.kinds import LONGEST, Kind

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Setting(Generic[T]):
    """Something that a visitor chooses on a page and that is no part of the experiment.

    Attributes:
        key: its name in a link.
        pages: the paths of the pages that it belongs to.
        subject: its name at the beginning of a sentence.
        kind: how its values are read and written.
        default: the value if a link has none; None if the page then decides (no text writes it).
        meaning: an explanation, with its default.
        sample: the text of another value than the default.
    """

    key: str
    pages: tuple[str, ...]
    subject: str
    kind: Kind[T]
    default: T
    meaning: str
    sample: str

    def read(self, text: str) -> T:
        """The value that a text describes; raises InvalidInput with the setting's key."""
        try:
            if len(text) > LONGEST:
                raise InvalidInput(f"{self.subject} is longer than {LONGEST} characters.")
            return self.kind.read(text.strip(), self.subject)
        except InvalidInput as fault:
            raise InvalidInput(str(fault), field=self.key) from None

    def write(self, value: T) -> str:
        """The text that reads back to the same value."""
        return self.kind.write(value)


@dataclass(frozen=True)
class Settings:
    """The values of all settings: those that were chosen, and for the others the default."""

    _chosen: Mapping[str, Any] = field(default_factory=dict)  # by key

    def __getitem__(self, setting: Setting[T]) -> T:
        value: T = self._chosen.get(setting.key, setting.default)
        return value

    def replaced(self, setting: Setting[T], value: T) -> "Settings":
        """These settings with another value of one; a text like the default's means the default."""
        chosen = {key: held for key, held in self._chosen.items() if key != setting.key}
        if setting.write(value) != setting.write(setting.default):
            chosen[setting.key] = value
        return Settings(chosen)


DEFAULTS = Settings()
