"""Compare measurement with prediction, and programs with each other."""
