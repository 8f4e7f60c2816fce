"""Numbers, links and words: what is written, and how it is read."""
