"""Where prediction and measurement meet."""
