"""Reading and writing of numbers, links and words."""
