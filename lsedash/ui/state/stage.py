"""The numbers of the messages to the stage in the browser."""

from collections.abc import Mapping
from typing import Any

from lsedash.text.lesson_settings import CONTROLS
from lsedash.text.settings import CAMERA, HIDDEN, ITERATION_SHOWN, RESIDUALS, SPEED
from lsedash.ui.state.edits import setting_texts
from lsedash.ui.state.visit import current

# the settings that the stage itself keeps
KEPT = (HIDDEN, ITERATION_SHOWN, CAMERA, SPEED, RESIDUALS)


def next_message(data: Mapping[str, Any]) -> dict[str, Any]:
    """A message to the stage: the data, and the settings that the stage keeps.

    Its serial number tells a new message from an old one, which the browser need not draw again.
    """
    visit = current()
    drawn = {key: value for key, value in data.items() if key != "linked"}
    said = drawn, visit.opened
    if said != visit.told:
        visit.messages, visit.told = visit.messages + 1, said
    head = {"serial": visit.messages, "opened": visit.opened}
    programs = [key for key in visit.settings[HIDDEN] if key not in CONTROLS]
    kept = setting_texts(*KEPT) | {HIDDEN.key: HIDDEN.write(tuple(programs))}
    return {**data, **head, "kept": kept}
