"""One visitor's state: what stands in the fields, the experiment it amounts to, the link."""
