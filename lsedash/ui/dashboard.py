"""The script that Streamlit runs for every visit and every edit: navigation, sidebar, page."""

import streamlit as st

from lsedash.ui import descend, session, sidebar

st.set_page_config("lsedash", layout="wide", initial_sidebar_state="auto")
session.open_link()
st.session_state.whole = True  # this is a run of the whole script, not of a fragment alone
page = st.navigation([st.Page(descend.show, title="Descend", default=True)], position="top")
experiment, faults = session.read()
with st.sidebar:
    sidebar.show(experiment, faults)
session.write_query(experiment)
page.run()
