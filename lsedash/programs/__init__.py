"""The programs, each a file that a reader can paste elsewhere; a catalogue for each kind."""
