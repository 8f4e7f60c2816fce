"""Open a link: take over its experiment, its programs, and the settings of a page."""

from lsedash.text.fields import DEFAULT
from lsedash.text.link import Opened
from lsedash.text.setting import Settings
from lsedash.text.settings import LOSS, SETTINGS
from lsedash.theory.closed_form import Theory
from lsedash.ui.state.edits import adopt_into
from lsedash.ui.state.speaking import speak_in
from lsedash.ui.state.visit import Visit, advance


def take_over(visit: Visit, opened: Opened, page: str) -> None:
    """Make a link's experiment the visit's, and its settings those of a page."""
    visit.variants, visit.opened = opened.variants, visit.opened + 1
    speak_in(visit, opened.settings[LOSS], visit.experiment.system.m)
    visit.experiment, visit.theory = DEFAULT, Theory(DEFAULT.system)
    adopt_into(visit, opened.experiment, opened.meaning)
    advance(visit)
    visit.settings, visit.refused = settings_of(visit, opened, page), {}


def settings_of(visit: Visit, opened: Opened, page: str | None) -> Settings:
    """The settings in a link; those that belong to other pages only stay as they are."""
    settings = visit.settings
    for setting in SETTINGS:
        if page in setting.pages or setting.key in opened.link:
            settings = settings.replaced(setting, opened.settings[setting])
    return settings
