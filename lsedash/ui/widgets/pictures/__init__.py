"""A component: buttons on every chart of the page that save it as a picture."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import streamlit as st

from lsedash.figures.curves import Figure
from lsedash.text.subject import Subject
from lsedash.ui.js import component
from lsedash.ui.state import edits
from lsedash.ui.widgets.html import draw

HERE = Path(__file__).parent
HTML = '<div class="pictures"></div>'


def picture_buttons() -> None:
    """Add buttons to the charts that tell their subject."""
    component(HERE / "pictures.js", html=HTML)(key="pictures", data={})


def tell_subject(figure: Figure, subject: Subject) -> None:
    """Put its subject into a Plotly chart, where the buttons find it."""
    figure.update_layout(meta={"subject": asdict(subject)})


def graph_subject(subject: Subject) -> None:
    """Tell the subject of the graph that Graphviz draws in the same container."""
    told = json.dumps(asdict(spoken_subject(subject)))
    st.html(draw("widgets/pictures/subject.html", subject=told))


def spoken_subject(subject: Subject) -> Subject:
    """The subject with its rate as the visitor speaks, and with his convention for the loss."""
    spoken = edits.spoken()
    if spoken.ours:
        return subject
    rate = None if subject.rate is None else spoken.rate(subject.rate)
    return replace(subject, rate=rate, system=f"{subject.system} · {spoken.loss_name}")
