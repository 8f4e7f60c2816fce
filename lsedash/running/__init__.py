"""Run programs on an experiment, and record their runs."""
