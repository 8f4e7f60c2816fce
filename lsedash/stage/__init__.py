"""The stage as data: what it is told of an experiment. Its JavaScript is in `ui/`."""
