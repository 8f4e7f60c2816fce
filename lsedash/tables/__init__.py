"""Tables of text, as data and as HTML: of the programs' runs, of coefficients, of anything."""
