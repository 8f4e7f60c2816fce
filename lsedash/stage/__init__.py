"""The stage as data, and as one file: what it is told of an experiment.

Its JavaScript is in `ui/`.
"""
