"""The setting of presenter mode, in which one thing fills the screen in front of a class."""

from lsedash.text.kinds import count_of
from lsedash.text.paths import EVERYWHERE
from lsedash.text.setting import Setting

MOST_CHARTS = 9  # a key of one digit chooses one

PRESENT = Setting(
    "present",
    EVERYWHERE,
    "What fills the screen",
    count_of(*range(MOST_CHARTS + 1)),
    0,
    "presenter mode: the number of the chart that fills the screen; on Descend `1` is the whole "
    "stage, `2` the path, `3` the loss; `0`, off",
    "1",
)
