"""What the server sends beside Streamlit's own answers: files, headers of pages, its figures."""
