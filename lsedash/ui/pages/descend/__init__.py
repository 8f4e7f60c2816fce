"""The page Descend: five programs on one stage."""
