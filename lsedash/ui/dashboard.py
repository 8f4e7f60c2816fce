"""The script that Streamlit runs for every visit and every edit: navigation, sidebar, page."""

from pathlib import Path

import streamlit as st

from lsedash.ui import sidebar
from lsedash.ui.pages import why
from lsedash.ui.pages.code import page as code
from lsedash.ui.pages.descend import page as descend
from lsedash.ui.pages.pitfalls import page as pitfalls
from lsedash.ui.pages.rates import page as learning_rates
from lsedash.ui.state import session

st.html(Path(__file__).with_name("page.css"))
st.session_state.whole = True  # this is a run of the whole script, not of a fragment alone
st.session_state.pages = [
    st.Page(descend.show, title="Descend", default=True),
    st.Page(learning_rates.show, title="Learning rates", url_path="learning-rates"),
    st.Page(why.show, title="Why", url_path="why"),
    st.Page(code.show, title="Code", url_path="code"),
    st.Page(pitfalls.show, title="Pitfalls", url_path="pitfalls"),
]
showable = {
    "learning-rates": learning_rates.SHOWABLE,
    "why": why.SHOWABLE,
    "code": code.SHOWABLE,
    "pitfalls": pitfalls.SHOWABLE,
}
page = st.navigation(st.session_state.pages, position="hidden")
name = f"{page.title} · lsedash" if page.url_path else "lsedash"
st.set_page_config(name, layout="wide", initial_sidebar_state="auto")
session.open_link(page.url_path, showable.get(page.url_path, ()))
experiment, faults = session.read()
with st.sidebar:
    sidebar.show(experiment, faults)
session.write_query(experiment)
page.run()
