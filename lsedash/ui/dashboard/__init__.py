"""The script that Streamlit runs, and the sidebar that all pages share.

The script has a folder of its own because Streamlit would take a folder `pages` beside it for its
own multipage apps.
"""
