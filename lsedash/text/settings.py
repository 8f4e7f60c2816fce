"""The settings of the pages: how each is named in a link, read and written, and its default.

This table is the only place that knows them, and `docs/link.md` is tested against it. A page asks
`edits.setting(BETA)`, and a widget changes it through `edits.choose(BETA, value)`. The link of a
page holds the settings that belong to that page and are not at their default. To add a setting,
add it here, write its line in `docs/link.md`, and tell `tests/ui/test_settings.py` how a visitor
changes it.
"""

from typing import Any

from lsedash.programs.catalogue import Catalogue
from lsedash.programs.optimizers import OPTIMIZERS
from lsedash.programs.pitfalls import PITFALLS
from lsedash.programs.program import PHASES
from lsedash.programs.variants import NUMPY, VARIANTS
from lsedash.text.convention import CONVENTIONS, HALF_SUM
from lsedash.text.fields import LOSS_KEY
from lsedash.text.kinds import (
    COUNT,
    FLAG,
    TEXT,
    count_of,
    lines_in,
    number_between,
    one_of,
    optional,
    positive_numbers,
    some_of,
    view_of,
    whole_pair,
)
from lsedash.text.lesson_settings import CONTROLS, GUESS, LESSON, SEED, STEP
from lsedash.text.paths import CODE, DESCEND, EVERYWHERE, PITFALL, RATES, WHY
from lsedash.text.presenting import PRESENT as PRESENT
from lsedash.text.setting import Setting

MOST_RATES = 6  # in a race
MOST_MOMENTUM = 0.999999
FIRST_OPTIMIZERS = ("sgd_momentum", "sgd_nesterov", "adam", "lbfgs")
ALL_PROGRAMS = "all"
SWEEP_COUNTS = (25, 50, 100, 200)
SPEEDS = (2, 10, 50, 200, 2000)
PANELS = ("Loss", "X-ray", "Graph", "Take home")
SOURCES = Catalogue(*VARIANTS, *PITFALLS)  # that the page Code can show


def _flag(
    key: str, pages: tuple[str, ...], meaning: str, *, default: bool = False
) -> Setting[bool]:
    return Setting(key, pages, key, FLAG, default, meaning, str(int(not default)))


VIEW = Setting(
    "view",
    (DESCEND, RATES, WHY, PITFALL),
    "The view",
    view_of(("modes", "space", "fit", "rows"), "coordinates"),
    ("coordinates", 0, 1),
    "view of the path: two coordinates, `modes`, `space` (3-D), over the `rows` of two unknowns, "
    "or `fit` of the data; `1,2`",
    "3,1",
)
CAMERA = Setting(
    "camera",
    (DESCEND,),
    "The camera",
    whole_pair(180, 86),
    (-34, 23),
    "turn and tilt of the 3-D view, in degrees; `-34,23`",
    "120,-5",
)
ITERATION_SHOWN = Setting(
    "k",
    (DESCEND, RATES, WHY),
    "The iteration k",
    optional(COUNT),
    None,
    "iteration at which the playback stands; the last one",
    "17",
)
HIDDEN = Setting(
    "hide",
    EVERYWHERE,
    "What is hidden",
    some_of((*VARIANTS.keys, *CONTROLS)),
    (),
    f"hidden curves of programs, and controls: {', '.join(f'`{c}`' for c in CONTROLS)}; none",
    "torch_module,torch_optimizer",
)
SPEED = Setting(
    "speed",
    (DESCEND, RATES),
    "The speed",
    count_of(*SPEEDS),
    10,
    "iterations a second of the playback; `10`",
    "200",
)
LOSS = Setting(
    LOSS_KEY,
    EVERYWHERE,
    "The loss",
    one_of(*CONVENTIONS),
    HALF_SUM.key,
    "how the loss is written, `half-sum` (here), `sum`, `mean` or `half-mean`: `lr`, `rates`, "
    "`tolerance` and all that is shown are spoken so; `half-sum`",
    "half-mean",
)
RESIDUALS = _flag("residuals", (DESCEND,), "whether *Fit* and *Rows* show the residuals; `0`")
FOLLOWS = _flag("follow", EVERYWHERE, "whether α follows A, so that αλₘₐₓ stays the same; `0`")
UNFOLDED = _flag("open", (DESCEND, WHY), "whether the printout, or the formulas, are unfolded; `0`")
PRINTED = Setting(
    "print",
    (DESCEND,),
    "The list of iterations to print",
    TEXT,
    "0 10 20 30 40",
    "iterations to print; `0 10 20 30 40`",
    "0 5 50",
)
RACE_RATES = Setting(
    "rates",
    (RATES,),
    "The list of learning rates",
    optional(positive_numbers(MOST_RATES)),
    None,
    f"learning rates of the race, up to {MOST_RATES}; one of each kind",
    "0.1 0.2 0.3",
)
RACE_PROGRAM = Setting(
    "program",
    (RATES,),
    "The program of the race",
    one_of(*VARIANTS.keys, ALL_PROGRAMS),
    NUMPY.key,
    f"program of the race, or `{ALL_PROGRAMS}`; `{NUMPY.key}`",
    "torch_module",
)
SWEEP_PROGRAMS = Setting(
    "sweep",
    (RATES,),
    "The programs of the sweep",
    some_of(VARIANTS.keys),
    VARIANTS.keys,
    "programs of the sweep; all",
    "numpy_by_hand,torch_module",
)
SWEEP_COUNT = Setting(
    "count",
    (RATES,),
    "The number of rates of the sweep",
    count_of(*SWEEP_COUNTS),
    50,
    "number of rates of the sweep; `50`",
    "25",
)
SWEEP_MEAN = _flag(
    "mean", (RATES,), "whether MSELoss is swept with its mean too, on a log axis; `0`"
)
COMPARED_OPTIMIZERS = Setting(
    "optimizers",
    (RATES,),
    "The optimizers",
    some_of(OPTIMIZERS.keys),
    FIRST_OPTIMIZERS,
    f"optimizers beside plain SGD; `{','.join(FIRST_OPTIMIZERS)}`",
    "adam,lbfgs",
)
BETA = Setting(
    "beta",
    (RATES,),
    "The momentum beta",
    number_between(0.0, MOST_MOMENTUM),
    0.9,
    "momentum β of the optimizers; `0.9`",
    "0.5",
)
LINES_OF = Setting(
    "diff",
    (RATES,),
    "The optimizer whose lines are shown",
    optional(one_of(*OPTIMIZERS.keys)),
    None,
    "optimizer whose lines are compared with plain SGD; the first one chosen",
    "adam",
)
IN_NUMBERS = _flag("numbers", (WHY,), "whether the formulas have the experiment's numbers; `0`")
PANEL = Setting(
    "panel",
    (CODE,),
    "The panel",
    optional(one_of(*PANELS)),
    None,
    "panel beside a source: `loss`, `x-ray`, `graph`, `take-home`; the remark's, else `loss`",
    "x-ray",
)
ITERATION = Setting(
    "iteration",
    (CODE,),
    "The iteration to look at",
    optional(COUNT),
    None,
    "iteration of X-ray and graph; the remark's, else `0`",
    "7",
)
LINES = Setting(
    "line",
    (CODE,),
    "The line to look at",
    lines_in(SOURCES),
    (),
    "line of the X-ray, by program; the remark's, else the loop's first",
    "torch_module:30",
)
PHASE = Setting(
    "phase",
    (CODE,),
    "The phase",
    optional(one_of(*PHASES)),
    None,
    f"phase that is lit in all sources: {', '.join(f'`{phase}`' for phase in PHASES)}; none",
    "backward",
)
MARKED = _flag("new", (CODE,), "whether what is new in each source is marked; `1`", default=True)
COMPARED = Setting(
    "compare",
    (CODE,),
    "compare",
    optional(FLAG),
    None,
    "whether a source is compared with the one before; `1`, but `0` for remarks and pitfalls",
    "0",
)
EXACT = _flag("digits", (CODE,), "whether the X-ray shows all digits; `0`")
GRADIENTS = _flag("gradients", (CODE,), "whether the graph shows the gradient at each node; `0`")
OF_LESSONS = (LESSON, STEP, SEED, GUESS)
SETTINGS: tuple[Setting[Any], ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Setting)
)
BY_KEY = {setting.key: setting for setting in SETTINGS}


def of_page(page: str) -> tuple[Setting[Any], ...]:
    """The settings that belong to a page, by its path."""
    return tuple(setting for setting in SETTINGS if page in setting.pages)
