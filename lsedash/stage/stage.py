"""The stage of an experiment as a value: it saves itself as a page, and a notebook shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import numpy as np

from lsedash.checking.verified import Verified, stream_verified
from lsedash.experiment import Experiment
from lsedash.figures.library import FILE, PlotlyJs, library
from lsedash.figures.view import KINDS, View
from lsedash.meaning import Meaning
from lsedash.problem import InvalidInput
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS
from lsedash.stage.page import frame_html, page_html
from lsedash.text.convention import OURS, Spoken

HEIGHT = 1060  # pixels of the frame in a notebook: all of the stage at its usual width


@dataclass(frozen=True, eq=False)
class Stage:
    """The stage with the programs' runs, which a page without Python shows.

    Attributes:
        checked: the runs, and how far each is from the prediction.
        view: the view that is shown first.
        meaning: what the columns of A stand for, if they come from data.
        spoken: how the loss is written.
    """

    checked: Verified
    view: View = View()  # noqa: RUF009 - a frozen value
    meaning: Meaning | None = None
    spoken: Spoken = OURS

    def html(self, plotlyjs: PlotlyJs = True) -> str:
        """The page as a text; see `save`."""
        view = self.view.fitted(self.checked.comparison.experiment.system.n, self.meaning)
        return page_html(self.checked, view, self.meaning, self.spoken, plotlyjs=plotlyjs)

    def save(self, file: str | PathLike[str], plotlyjs: PlotlyJs = True) -> None:
        """Write the page, which a browser opens without a network.

        Args:
            file: its name, such as "stage.html".
            plotlyjs: True to put plotly.js into the page (5 MB), "cdn" to load it from Plotly's
                address, "directory" to load it from beside the page, where it is written, too.
        """
        path = Path(file)
        path.write_text(self.html(plotlyjs), encoding="utf-8", newline="\n")
        beside = path.with_name(FILE)
        if plotlyjs == "directory" and not beside.exists():
            beside.write_text(library(True).script, encoding="utf-8", newline="\n")

    def _repr_html_(self) -> str:
        """The page in a frame; a notebook with many of them has plotly.js in none."""
        return frame_html(self.html("cdn"), HEIGHT)


def stage_of(
    experiment: Experiment,
    variants: Sequence[Program] = tuple(VARIANTS),
    view: View | str = "coordinates",
    meaning: Meaning | None = None,
    spoken: Spoken = OURS,
) -> Stage:
    """Run the programs, and make the stage of their runs.

    Raises:
        InvalidInput: there is no such view.
    """
    if isinstance(view, str):
        if view not in KINDS:
            raise InvalidInput(f"The view must be one of {', '.join(KINDS)}; it is {view!r}.")
        view = View(view)
    with np.errstate(over="ignore", invalid="ignore"):  # a run may grow beyond float64
        *_, last = stream_verified(experiment, tuple(variants))
        return Stage(last.snapshot(), view, meaning, spoken)
