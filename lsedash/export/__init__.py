"""Export a comparison as CSV, JSON or lines of text."""
