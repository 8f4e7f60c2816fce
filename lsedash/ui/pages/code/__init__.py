"""The page Code: the sources of the programs, and what the programs do as they run."""
