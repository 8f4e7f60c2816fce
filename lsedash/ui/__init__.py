"""The dashboard. Only this package and app.py import Streamlit."""
