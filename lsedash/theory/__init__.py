"""What linear algebra says before anything runs."""
