"""What is taken away: CSV, JSON and lines of text."""
