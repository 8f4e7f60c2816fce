"""Words and formulas about a system, a learning rate and a program."""
