"""What the server sends beside Streamlit's own answers: files, and headers of pages."""
