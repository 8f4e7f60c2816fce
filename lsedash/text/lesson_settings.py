"""The settings of a lesson: where a learner is, and which controls a teacher hides.

They belong to all pages, so that reload, Back and a shared link lead to the same step. Whether a
lesson of a key exists, and has such a step, is known above: see `lsedash.ui.state.lessons`.
"""

import re

from lsedash.problem import InvalidInput
from lsedash.text.kinds import COUNT, Kind, count_between, optional
from lsedash.text.paths import EVERYWHERE
from lsedash.text.setting import Setting

MOST_STEPS = 99
LONGEST_KEY = 60
# What a link may hide beside curves: never a result.
CONTROLS = ("sidebar", "presets", "data", "run", "pages")


def _read_key(text: str, subject: str) -> str:
    if not re.fullmatch(rf"[a-z0-9-]{{1,{LONGEST_KEY}}}", text):
        shown = text if len(text) <= LONGEST_KEY else f"{text[:LONGEST_KEY]}..."
        raise InvalidInput(
            f"{subject} must be a key of small letters, digits and hyphens; it is {shown!r}."
        )
    return text


KEY: Kind[str] = Kind(_read_key, str)
ONE_LINE: Kind[str] = Kind(lambda text, _: " ".join(text.split()), str)

LESSON = Setting(
    "lesson",
    EVERYWHERE,
    "The lesson",
    optional(KEY),
    None,
    "key of the lesson that runs; none",
    "edge",
)
STEP = Setting(
    "step",
    EVERYWHERE,
    "The step of the lesson",
    count_between(1, MOST_STEPS),
    1,
    "step of the lesson, counted from 1; `1`",
    "2",
)
SEED = Setting(
    "seed",
    EVERYWHERE,
    "The seed of the lesson",
    optional(COUNT),
    None,
    "whole number that draws other systems for the lesson; none",
    "7",
)
GUESS = Setting(
    "guess",
    EVERYWHERE,
    "The guess",
    ONE_LINE,
    "",
    "what was predicted last in the lesson; nothing",
    "2",
)
