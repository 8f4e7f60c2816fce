"""The doorway: `streamlit run app.py` takes `app` from here and serves the dashboard."""

import os

# The systems are tiny and the visitors many: one thread each, set before numpy is imported.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

import streamlit as st  # noqa: E402

from lsedash.ui.dashboard.faults import tell  # noqa: E402
from lsedash.ui.server import DASHBOARD, lifespan, middleware, routes  # noqa: E402

app = st.App(
    DASHBOARD,
    routes=routes(),
    lifespan=lifespan,
    middleware=middleware(),
    on_script_error=tell,
)
