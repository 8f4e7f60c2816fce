"""The dashboard: the only package, with server.py and app.py, that knows Streamlit."""
