"""The page Why: what linear algebra says about what is loaded, part by part."""
