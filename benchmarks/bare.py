"""The bare pages beside which the stage is measured, and a server for either."""

import json
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from lsedash import Experiment, Theory, compare
from lsedash.presets import PRESETS

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from helpers.servers import served as server_of

TWO = PRESETS[1].experiment

BARE_PAGE = """<!doctype html><svg width="900" height="500"><path fill="none" stroke="black"/></svg>
<script>
const path = document.querySelector("path"), count = %d;
document.addEventListener("pointermove", ({ clientX }) => {
  let d = "";
  for (let i = 0; i < count; i += 1) {
    const x = (900 * i) / count, y = 250 + 200 * Math.sin((i * clientX) / 900);
    d += `${i ? "L" : "M"}${x.toFixed(2)},${y.toFixed(2)}`;
  }
  path.setAttribute("d", d);
});
</script>"""

BARE_APP = """
import json
import streamlit as st
figures = st.cache_resource(lambda: json.load(open({file!r})))()
rate = st.slider("Learning rate", 1, len(figures), 1)
left, right = st.columns(2)
for column, figure in zip((left, right), figures[rate - 1]):
    column.plotly_chart(figure, key=figure["layout"]["meta"]["name"])
"""


def bare_figures():
    """The loss and the path of the five programs, for one learning rate after another."""
    theory = Theory(TWO.system)
    rates = theory.critical_learning_rate * np.linspace(0.5, 0.98, 60)
    return [figures_at(rate, at) for at, rate in enumerate(rates, 1)]


def figures_at(rate, at):
    runs = compare(Experiment(TWO.system, TWO.x0, float(rate), TWO.iterations)).runs
    loss = [{"y": run.losses.tolist(), "mode": "lines+markers", "name": run.key} for run in runs]
    path = [
        {"x": x.tolist(), "y": y.tolist(), "mode": "lines+markers", "name": run.key}
        for run in runs
        for x, y in [run.iterates.T]
    ]
    return [
        {"data": loss, "layout": {"yaxis": {"type": "log"}, "meta": {"at": at, "name": "loss"}}},
        {"data": path, "layout": {"meta": {"at": at, "name": "path"}}},
    ]


def bare_app(folder):
    """The script of the bare app, written into a folder with its figures."""
    script, figures = Path(folder) / "bare.py", Path(folder) / "figures.json"
    figures.write_text(json.dumps(bare_figures()), encoding="utf-8")
    script.write_text(BARE_APP.format(file=str(figures)), encoding="utf-8")
    return script


@contextmanager
def served(script, _folder=None):
    """The address of a server of its own, with the project's settings."""
    with (
        tempfile.TemporaryDirectory() as folder,
        server_of(script, Path(folder) / "log.txt") as server,
    ):
        yield server.address
