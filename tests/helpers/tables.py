"""A table of numbers to read and to write."""

TABLE = [[1, 2, 0], [0, 1, 0]]
