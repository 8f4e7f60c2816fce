"""The script that Streamlit runs, and the sidebar that all pages share.

It is a folder because Streamlit takes a folder `pages` beside its script for pages of its own.
"""
