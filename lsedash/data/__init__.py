"""Small tables that people bring along: from a text to numbers, and from numbers to a system."""
