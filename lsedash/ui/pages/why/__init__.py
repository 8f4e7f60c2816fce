"""The page Why: what linear algebra says about the experiment, part by part."""
