"""The programs, each a file that a reader can copy and run, with a catalogue for each kind."""
