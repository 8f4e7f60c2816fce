"""The page Learning rates: a race, a sweep, other optimizers."""
