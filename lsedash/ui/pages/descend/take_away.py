"""What can be taken away from Descend: the numbers, the stage as a page, a line that embeds it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from lsedash.checking.verified import Verified
from lsedash.export.tables import iterates_csv, losses_csv
from lsedash.figures.view import View
from lsedash.stage.embedding import snippet
from lsedash.stage.stage import Stage
from lsedash.text.convention import HALF_SUM
from lsedash.text.paths import DESCEND
from lsedash.text.settings import UNFOLDED
from lsedash.ui.state.address import link_to
from lsedash.ui.state.visit import Inputs

HERE = "http://localhost:8501/"  # if the browser does not say where it found the page


def take_away(checked: Verified, view: View, inputs: Inputs) -> None:
    """The downloads, and the line that embeds the page."""
    comparison, spoken = checked.comparison, inputs.spoken
    stage = Stage(checked, view, inputs.meaning, spoken)
    downloads: tuple[tuple[str, str, str, str, Callable[[], str]], ...] = (
        ("losses", "losses (CSV)", "losses.csv", "text/csv", partial(losses_csv, comparison)),
        (
            "iterates",
            "iterates (CSV)",
            "iterates.csv",
            "text/csv",
            partial(iterates_csv, comparison, inputs.meaning),
        ),
        ("page", "this stage (HTML)", "stage.html", "text/html", stage.html),
    )
    for column, (name, title, file, mime, content) in zip(
        st.columns([1, 1, 1, 2]), downloads, strict=False
    ):
        column.download_button(
            f"Download {title}",
            content,
            file_name=file,
            mime=mime,
            key=f"download_{name}",
            on_click="ignore",
            width="stretch",
        )
    if not spoken.ours:
        st.caption(f"The CSV files have the losses of the programs, {HALF_SUM.formula}.")
    st.caption(
        "The HTML file is one page that works without a network: the rate can be dragged, and "
        "the programs' runs are those of now. To show this dashboard in a page of yours, copy "
        "this line:"
    )
    link = {key: text for key, text in link_to(DESCEND).items() if key != UNFOLDED.key}
    st.code(snippet(st.context.url or HERE, link), language=None, wrap_lines=True)
