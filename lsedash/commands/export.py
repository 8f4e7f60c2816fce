"""`lsedash export`: the stage as one page that a browser opens without a network."""

from pathlib import Path
from typing import Any

import click
import numpy as np

from lsedash.commands.chosen import chosen
from lsedash.commands.data import data_options
from lsedash.commands.options import experiment_options
from lsedash.figures.view import View
from lsedash.problem import InvalidInput
from lsedash.running.kept import Failed
from lsedash.text.link import plain_link
from lsedash.text.settings import VIEW
from lsedash.text.words import plural

EXAMPLES = """\b
examples:
  lsedash export stage.html
  lsedash export stage.html -A "1 2; 3 4" -b "-1 1/3" --learning-rate 0.05
  lsedash export stage.html --link "http://localhost:8501/?lr=0.3&view=fit"
  lsedash export slides/stage.html --plotlyjs directory
"""
PLOTLY = {"page": True, "cdn": "cdn", "directory": "directory"}


@click.command(epilog=EXAMPLES, short_help="Write the stage as one page.")
@click.argument("file", type=click.Path(path_type=Path))
@experiment_options()
@data_options
@click.option(
    "--plotlyjs",
    type=click.Choice(list(PLOTLY)),
    default="page",
    help="where plotly.js is: in the page, at Plotly's address, or in the directory beside the "
    "page; page",
)
def export(file: Path, link: str, plotlyjs: str, **given: Any) -> None:
    """Run the programs, and write FILE, a page with the stage that needs nothing else."""
    from lsedash.stage.stage import stage_of  # imports Plotly, which no other command needs

    if file.suffix.lower() not in (".html", ".htm"):
        raise InvalidInput(f"The page's name must end in .html; it is {file.name!r}.")
    (experiment, variants, spoken), _, meaning = chosen(link, given)
    view = VIEW.read(plain_link(link).get(VIEW.key, VIEW.write(VIEW.default)))
    with np.errstate(over="ignore", invalid="ignore"):  # a run that grows beyond float64 is shown
        stage = stage_of(experiment, variants, View(*view), meaning, spoken)
        try:
            stage.save(file, PLOTLY[plotlyjs])  # type: ignore[arg-type]
        except OSError as fault:
            raise Failed(f"{file} cannot be written: {fault.strerror}.") from None
    counts = plural(experiment.iterations, "iteration"), plural(len(variants), "program")
    print(f"{file}: {' of '.join(counts)}.")
