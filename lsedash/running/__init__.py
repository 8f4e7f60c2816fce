"""Programs run on an experiment, and the record of what they did."""
