"""The doorway: `streamlit run app.py` finds `app` and serves the dashboard."""

import streamlit as st

import lsedash.server  # first: it holds numpy and torch to one thread each

app = st.App(lsedash.server.DASHBOARD, lifespan=lsedash.server.lifespan)
