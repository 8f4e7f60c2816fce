"""A script: open every page of the dashboard and use everything else, and note what is there.

python -m helpers.visit_everything FILE
"""

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from helpers.first_page import opened, told
from helpers.markup import tables, text
from helpers.pages import choice, choose, html, listing, turned_to, words
from lsedash import OPTIMIZERS, PITFALLS, VARIANTS, compare
from lsedash.commands.main import main
from lsedash.explaining.remarks import REMARKS
from lsedash.export.tables import losses_csv
from lsedash.looking.take_home import notebook, printed_lines, script
from lsedash.text.fields import ALL_VARIANTS, DEFAULT
from lsedash.text.link import read_link, write_link
from lsedash.ui.pages.registry import PAGES

WHY = ("modes", "geometry", "prediction", "rounding", "conditioning")
LAST = VARIANTS.keys[-2:]


def charts(page):
    """The names in the legends of all charts of a page."""
    figures = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    return [[trace.get("name") for trace in figure["data"]] for figure in figures]


def seen_of(page):
    return {
        "html": html(page),
        "tables": tables(html(page)),
        "words": words(page),
        "charts": charts(page),
    }


def first_page():
    page = opened(write_link(DEFAULT, LAST))
    some = [run["key"] for run in told(page)["runs"]]
    page = opened()
    table = tables(told(page)["table"])
    return {**seen_of(page), "stage": told(page), "results": table, "chosen_by_link": some}


def every_page():
    return {page.title: seen_of(opened(path=page.path)) for page in PAGES}


def rates():
    page = choose(turned_to("Learning rates"), "Program", "all")
    race = {**seen_of(page), "options": choice(page, "Program").options}
    choose(page, "What to look at", "sweep")
    sweep = {**seen_of(page), "options": choice(page, "Programs to sweep").proto.options}
    sweep["options"] = [option.content for option in sweep["options"]]
    choose(page, "What to look at", "optimizers")
    beside = "Compare with plain SGD (up to 5)"
    choose(page, beside, [OPTIMIZERS.keys[-1]])
    options = [option.content for option in choice(page, beside).proto.options]
    optimizers = {**seen_of(page), "options": options}
    return {"race": race, "sweep": sweep, "optimizers": optimizers}


def why():
    return {part: seen_of(turned_to("Why", show=part)) for part in WHY}


def code():
    page = turned_to("Code")
    options = [option.content for option in choice(page, "Program").proto.options]
    seen = {"all": {**seen_of(page), "options": options}}
    for key in LAST:
        choose(page, "Program", key)
        seen[key] = {"Loss": {**seen_of(page), "listing": text(listing(page))}}
        for panel in ("X-ray", "Graph", "Take home"):
            choose(page, "Look at", panel)
            seen[key][panel] = {**seen_of(page), "code": [block.value for block in page.code]}
        choose(page, "Look at", "Loss")
    return seen


def command_line(*arguments):
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        assert main(arguments) == 0, err.getvalue()
    return out.getvalue()


def command():
    rates = ("--rates", "0.1:0.3:2", "--iterations", "5", "--jobs", "1", "--out", "sweep.csv")
    command_line("sweep", *rates)
    return {
        "text": command_line("run"),
        "csv": command_line("run", "--csv", "--iterations", "3"),
        "json": json.loads(command_line("run", "--json", "--iterations", "3")),
        "chosen": command_line("run", "--variants", ",".join(LAST)),
        "sweep": Path("sweep.csv").read_text(encoding="utf-8"),
    }


def taken_home():
    """What each of the further variants prints as a script, and what the page says that it does."""
    seen = {}
    for key in LAST:
        variant, out = VARIANTS.named(key), StringIO()
        with redirect_stdout(out):
            exec(compile(script(variant, DEFAULT), key, "exec"), {"__name__": "pasted"})
        seen[key] = {
            "script": out.getvalue(),
            "announced": list(printed_lines(variant.run(DEFAULT), DEFAULT)),
            "notebook": json.loads(notebook(variant, DEFAULT)),
        }
    return seen


def library():
    link = write_link(DEFAULT, LAST)
    return {
        "keys": ALL_VARIANTS,
        "link": [link, read_link(link).variants, read_link({}).variants],
        "losses_csv": losses_csv(compare(DEFAULT)),
        "remarks": [remark.text for remark in REMARKS],
    }


def everything():
    compare(DEFAULT)  # imports PyTorch, so that no page's time limit runs meanwhile
    return {
        "first page": first_page(),
        "rates": rates(),
        "why": why(),
        "code": code(),
        "every page": every_page(),
        "further pitfall": seen_of(turned_to("Pitfalls", show=PITFALLS.keys[-1])),
        "command": command(),
        "taken home": taken_home(),
        "library": library(),
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(everything()), encoding="utf-8")
