"""The page Code: the sources, and what they do as they run."""
