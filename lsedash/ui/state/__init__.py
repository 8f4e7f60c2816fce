"""One visitor's state: the texts in the fields, the experiment that they describe, the link."""
