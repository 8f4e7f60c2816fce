"""The page Code: the five sources, and what they do as they run."""
