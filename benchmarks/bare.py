"""The bare pages beside which the stage is measured, and a server for either."""

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np

from lsedash import Experiment, Theory, compare
from lsedash.presets import PRESETS

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


@contextmanager
def served(script, folder):
    """A Streamlit server with the project's settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    server = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while server.poll() is None:
            try:
                with urlopen(f"{address}/_stcore/health", timeout=5):
                    break
            except (URLError, OSError):
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
