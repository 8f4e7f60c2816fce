"""A service that computes in worker processes, fairly for everybody who asks."""
