"""`lsedash run`: compare the programs in the terminal."""

import json
import sys
from typing import Any

import click
import numpy as np

from lsedash.commands.chosen import chosen
from lsedash.commands.data import data_options
from lsedash.commands.options import experiment_options
from lsedash.commands.report import report
from lsedash.export.document import document
from lsedash.export.tables import iterates_csv
from lsedash.problem import InvalidInput
from lsedash.running.runner import compare
from lsedash.text.fields import FIELDS
from lsedash.text.notation import parse_count
from lsedash.theory.closed_form import Theory

A, b = (FIELDS[key].write(FIELDS[key].default) for key in "Ab")
EXAMPLES = f"""\b
examples:
  lsedash run
  lsedash run -A "{A}" -b "{b}" --learning-rate 0.3
  lsedash run -A "1 2; 3 4" -b "-1 1/3" --iterations 1000 --every 100
  lsedash run --data houses.csv --target price --features size rooms --standardize
  lsedash run --loss half-mean --learning-rate 0.01
  lsedash run --csv > points.csv

--csv and --json have all losses as half-sum, 1/2 ||A x - b||^2, whatever --loss is.
"""
HALF_THE_EDGE = "The learning rate is half the largest stable one, because none was given."


@click.command(epilog=EXAMPLES, short_help="Compare the programs in the terminal.")
@experiment_options()
@data_options
@click.option("--every", metavar="N", default="10", help="print every N-th iteration; 10")
@click.option("--json", "as_json", is_flag=True, help="one JSON document with all points")
@click.option("--csv", "as_csv", is_flag=True, help="all points: variant,k,loss,x1,...,xn")
def run(link: str, every: str, as_json: bool, as_csv: bool, **given: Any) -> None:
    """Compare the programs on A x = b and check them against the theory."""
    if as_json and as_csv:
        raise InvalidInput("--json and --csv exclude each other; give one of them.")
    (experiment, variants, spoken), data, meaning = chosen(link, given)
    printed = parse_count(every, name="--every", least=1)
    with np.errstate(over="ignore", invalid="ignore"):  # the report shows an overflow as inf
        comparison = compare(experiment, variants, max_points=experiment.iterations + 2)
        if as_csv:
            sys.stdout.write(iterates_csv(comparison, meaning))
            return
        theory = Theory(experiment.system)
        if as_json:
            print(json.dumps(document(comparison, theory, meaning, spoken), allow_nan=False))
            return
        if data:
            print(*data.said, *([] if given["lr"] else [HALF_THE_EDGE]), "", sep="\n")
        lines = report(comparison, theory, every=printed, meaning=meaning, spoken=spoken)
        for line in lines:
            print(line)
