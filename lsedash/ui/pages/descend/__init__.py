"""The page Descend: the programs on one stage."""
