"""What linear algebra says about descent before anything runs."""
